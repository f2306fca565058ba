import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What one process that does nothing else takes for the reduction, in megabytes. */
export interface ReductionPeak {
  readonly peak: number;
  /** Of Node that does nothing. */
  readonly base: number;
  /** Megabytes a second of the clock, reading included. */
  readonly rate: number;
  readonly flows: number;
}

/** Reduces the files in a process of its own, as a timer would that reads blobs of a storage account. */
export async function reductionPeak(files: readonly string[]): Promise<ReductionPeak> {
  const script = fileURLToPath(new URL("reduce-files.ts", import.meta.url));
  const { stdout } = await run(process.execPath, [script, ...files]);
  const idle = await run(process.execPath, [script]);
  const { peak, rate, flows } = JSON.parse(stdout) as { peak: number; rate: number; flows: number };
  const { peak: base } = JSON.parse(idle.stdout) as { peak: number };
  return { peak, base, rate, flows };
}
