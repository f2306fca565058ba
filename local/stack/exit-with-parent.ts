/**
 * Preloaded into every process of the stack (`node --import`). The supervisor holds the other end of standard
 * input and never writes to it: when it ends, however suddenly, the pipe closes, and this process ends too.
 */
import { isMainThread } from "node:worker_threads";

const graceMilliseconds = 3000;

function endWithParent(): void {
  setTimeout(() => process.exit(1), graceMilliseconds).unref();
  // What this process started and did not end itself goes with it.
  process.once("exit", () => signalGroup("SIGKILL"));
  signalGroup("SIGTERM");
}

/** Signals this process and all it started; this process alone where it leads no group of its own (Windows). */
function signalGroup(signal: NodeJS.Signals): void {
  try {
    process.kill(-process.pid, signal);
  } catch {
    process.kill(process.pid, signal);
  }
}

if (isMainThread) {
  process.stdin.once("end", endWithParent).once("error", endWithParent).resume();
  // Only the end is of interest: the pipe must not keep a process alive that has nothing else to do.
  process.stdin.unref();
}
