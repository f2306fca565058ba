import { setTimeout as sleep } from "node:timers/promises";
import type { Stack } from "../../../local/stack/stack.ts";

const arrivesWithinMilliseconds = 8;

/** The Functions host as whoever watches it from outside has it in hand. */
export class KillTarget {
  readonly #stack: Stack;
  #quickDeaths = 0;
  #readyAt = Date.now();

  constructor(stack: Stack) {
    this.#stack = stack;
  }

  /** Milliseconds since this life of the host became ready. */
  get age(): number {
    return Date.now() - this.#readyAt;
  }

  /** Looks every few milliseconds; answers whether it came true in time. */
  async until(reached: () => Promise<boolean> | boolean, patience: number): Promise<boolean> {
    for (const deadline = Date.now() + patience; Date.now() < deadline; await sleep(4)) {
      if (await reached()) return true;
    }
    return false;
  }

  /**
   * Lets the host run a millisecond at a time and looks while it stands still, when what it has sent has arrived: so a
   * short moment is not missed, and the host has not yet seen the answer to what brought it about. It stands still
   * afterwards where the moment came. Where the system cannot stop a process, it is looked at as it runs.
   */
  async untilStepwise(reached: () => Promise<boolean> | boolean, patience: number): Promise<boolean> {
    if (process.platform === "win32") return this.until(reached, patience);
    const pid = this.#stack.functionsPid;
    for (const deadline = Date.now() + patience; Date.now() < deadline; await sleep(1)) {
      process.kill(pid, "SIGSTOP");
      await sleep(arrivesWithinMilliseconds);
      if (await reached()) return true;
      process.kill(pid, "SIGCONT");
    }
    return false;
  }

  /**
   * A host that dies seven times in a row within a second of its start is given up by the stack; so after some quick
   * deaths one life lasts.
   */
  async lastAWhile(): Promise<void> {
    if (this.#quickDeaths < 4) return;
    await sleep(Math.max(0, 1_100 - this.age));
    this.#quickDeaths = 0;
  }

  /** `kill -9`; `look` runs while no host does. Resolves when the next host is ready. */
  async kill<T>(look: () => Promise<T>): Promise<T> {
    this.#quickDeaths = this.age < 1_100 ? this.#quickDeaths + 1 : 0;
    const next = this.#stack.killFunctionsHost();
    const seen = await look();
    await next;
    this.#readyAt = Date.now();
    return seen;
  }
}
