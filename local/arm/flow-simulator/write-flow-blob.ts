import type { BlockBlobClient } from "@azure/storage-blob";

const opening = '{"records":[';
const closing = "]}";

/**
 * Adds records to the blob of an hour, as Azure does: a block at the beginning, one for each minute, one at the end.
 * @param inOnePiece whether the blob is written at once instead
 * @returns bytes written
 */
export async function writeFlowBlob(
  blob: BlockBlobClient,
  records: readonly string[],
  inOnePiece: boolean,
): Promise<number> {
  const before = (await blob.exists()) ? (await blob.downloadToBuffer()).toString("utf8") : undefined;
  const standing = before?.slice(opening.length, -closing.length) ?? "";
  const parts = standing === "" ? records : [standing, ...records];
  const blobHTTPHeaders = { blobContentType: "application/octet-stream" };
  if (inOnePiece) {
    const text = `${opening}${parts.join(",")}${closing}`;
    await blob.upload(text, Buffer.byteLength(text), { blobHTTPHeaders });
    return Buffer.byteLength(text);
  }
  const blocks = [opening, ...parts.map((part, index) => (index === 0 ? part : `,${part}`)), closing];
  const ids = blocks.map((_, index) => Buffer.from(`block-${String(index).padStart(8, "0")}`).toString("base64"));
  let bytes = 0;
  for (const [index, block] of blocks.entries()) {
    const length = Buffer.byteLength(block);
    await blob.stageBlock(ids[index] ?? "", block, length);
    bytes += length;
  }
  await blob.commitBlockList(ids, { blobHTTPHeaders });
  return bytes;
}
