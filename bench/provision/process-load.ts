import { readFileSync } from "node:fs";
import { cpus } from "node:os";

/** What a process has used so far. */
export interface ProcessLoad {
  /** Of all its threads, in user and kernel mode. */
  readonly cpuSeconds: number;
  /** The most memory that it held at once (resident set). */
  readonly peakMegabytes: number;
}

/** Linux counts CPU time in hundredths of a second for every program, whatever the kernel's own tick is (proc(5)). */
const ticksPerSecond = 100;

/** Null where the system does not tell, which is everywhere but on Linux. */
export function processLoad(pid: number): ProcessLoad | null {
  try {
    // The program's name stands in parentheses and may hold spaces.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    const peak = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return {
      cpuSeconds: (Number(stat[11]) + Number(stat[12])) / ticksPerSecond,
      peakMegabytes: Number(peak) / 1024,
    };
  } catch {
    return null;
  }
}

/** Seconds of CPU time that the machine has spent since it started: at work, and in all. */
export function machineSeconds(): { readonly busy: number; readonly all: number } {
  let busy = 0;
  let idle = 0;
  for (const { times } of cpus()) {
    busy += times.user + times.nice + times.sys + times.irq;
    idle += times.idle;
  }
  return { busy: busy / 1000, all: (busy + idle) / 1000 };
}
