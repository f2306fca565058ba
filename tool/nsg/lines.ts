const NEWLINE = 10;

/** A line with more bytes is not read: 64 MiB, some fifty times what the largest NSG of Azure's limits has. */
const LONGEST = 64 * 2 ** 20;

/**
 * The lines of a stream without their ends, as they come; null for one that is too long to be read. It reads on only
 * when a line was taken, so that a long stream needs the memory of its longest line; `readline` would read ahead as fast
 * as the stream flows.
 */
export async function* linesOf(
  stream: AsyncIterable<Buffer | string>,
  longest = LONGEST,
): AsyncGenerator<string | null> {
  let parts: Buffer[] = [];
  let length = 0;
  const add = (part: Buffer) => {
    length += part.length;
    if (length > longest) parts = [];
    else parts.push(part);
  };
  const line = (): string | null => {
    const text = length > longest ? null : Buffer.concat(parts).toString("utf8");
    parts = [];
    length = 0;
    return text;
  };
  for await (const chunk of stream) {
    const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
      add(bytes.subarray(start, end));
      yield line();
      start = end + 1;
    }
    add(bytes.subarray(start));
  }
  if (length > 0) yield line();
}
