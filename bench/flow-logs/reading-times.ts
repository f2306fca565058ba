import { type ChildProcess, fork } from "node:child_process";
import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Turn, type WayName, wayNames } from "./ways.ts";

/** Seconds of CPU of each turn, by way. */
export interface ReadingTimes extends Readonly<Record<WayName, readonly number[]>> {
  readonly megabytes: number;
  readonly tuples: number;
}

const turns = 9;
const program = fileURLToPath(new URL("./way-process.ts", import.meta.url));

/**
 * Reads the same blobs in each way by turns, each way in a process of its own, so that none meets the other's garbage:
 * CPU time, as other work on the machine would count otherwise. The first turn of each warms its compiler up and does not count.
 * Throws where ways disagree on the number of distinct flows.
 */
export async function readingTimes(files: readonly string[], end: AbortSignal): Promise<ReadingTimes> {
  const processes = new Map<WayName, ChildProcess>();
  try {
    for (const way of wayNames) processes.set(way, await started(way, files));
    const taken: Record<WayName, Turn[]> = { touch: [], reduction: [], parse: [], map: [] };
    for (let turn = 0; turn <= turns; turn += 1) {
      for (const [way, child] of processes) {
        end.throwIfAborted();
        // The slow way needs no median.
        if (way !== "map" || turn <= 1) taken[way].push(await turnOf(child));
      }
    }
    const [reduced, mapped] = [taken.reduction[0], taken.map[0]];
    if (reduced?.flows !== mapped?.flows)
      throw new Error(`${mapped?.flows} flows by Map, ${reduced?.flows} by the reduction`);
    const secondsOf = (way: WayName) => taken[way].slice(1).map(({ seconds }) => seconds);
    return {
      megabytes: files.reduce((sum, file) => sum + statSync(file).size, 0) / 1e6,
      tuples: reduced?.tuples ?? 0,
      touch: secondsOf("touch"),
      reduction: secondsOf("reduction"),
      parse: secondsOf("parse"),
      map: secondsOf("map"),
    };
  } finally {
    for (const child of processes.values()) child.kill("SIGKILL");
  }
}

/** Median and best of some runs. */
export function megabytesPerSecond(megabytes: number, seconds: readonly number[]): { median: number; best: number } {
  const rates = seconds.map((one) => megabytes / one).sort((a, b) => a - b);
  return { median: rates[Math.floor(rates.length / 2)] ?? 0, best: rates.at(-1) ?? 0 };
}

/** How fast a way is beside another: the median over turns that followed each other at once, under the same other work. */
export function shareOf(seconds: readonly number[], other: readonly number[]): number {
  const shares = seconds.map((one, turn) => (other[turn] ?? Number.NaN) / one).sort((a, b) => a - b);
  return shares[Math.floor((shares.length - 1) / 2)] ?? Number.NaN;
}

async function started(way: WayName, files: readonly string[]): Promise<ChildProcess> {
  const child = fork(program, [way, ...files]);
  await message(child);
  return child;
}

function turnOf(child: ChildProcess): Promise<Turn> {
  const answer = message(child);
  child.send("turn");
  return answer as Promise<Turn>;
}

function message(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once("message", resolve);
    child.once("exit", (code) => reject(new Error(`A way to read ended by itself with ${code}.`)));
  });
}
