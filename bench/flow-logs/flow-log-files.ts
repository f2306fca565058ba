import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { flowLogBlobs } from "./flow-log-blobs.ts";

/** Generated blobs as files of a folder that is gone afterwards. */
export async function withFlowLogFiles(
  megabytes: number,
  use: (files: readonly string[]) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "flow-logs-"));
  try {
    const files: string[] = [];
    for (const { text } of flowLogBlobs(megabytes)) {
      const file = join(folder, `${files.length}.json`);
      await writeFile(file, text);
      files.push(file);
    }
    await use(files);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
