import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { childEnvironment } from "./child-environment.ts";
import { deferred } from "./deferred.ts";
import { type Life, nextRestart } from "./restart-policy.ts";
import { StackError } from "./stack-error.ts";

const exitWithParent = new URL("./exit-with-parent.ts", import.meta.url).href;
const lastLinesKept = 15;

/** What one process of the stack runs. `readyReader` is made anew for each life and sees every line of stdout. */
export interface ProcessSpecification<R> {
  readonly name: string;
  /** Arguments to Node: the script and its own arguments; `last` is what the life before said when it was ready. */
  readonly command: (last: R | null) => { arguments: readonly string[]; environment: Readonly<Record<string, string>> };
  readonly readyReader: () => (line: string) => R | null;
  readonly readyWithinMilliseconds: number;
  /** After SIGTERM; then SIGKILL follows. */
  readonly stopWithinMilliseconds: number;
  readonly workingFolder: string;
  readonly logFile: string;
  /** The process died, and starts again after `delay` milliseconds. */
  readonly onRestart: (delay: number) => void;
  /** It is ready again after a death; not called for the first start. */
  readonly onReadyAgain: (ready: R) => Promise<void> | void;
  readonly onGivenUp: (error: StackError) => void;
}

/** One process of the stack: started, watched, started again when it dies, and ended with its whole group. */
export class SupervisedProcess<R> {
  readonly #specification: ProcessSpecification<R>;
  readonly #lives: Life[] = [];
  readonly #lastLines: string[] = [];
  #child: ChildProcess | null = null;
  #ready: R | null = null;
  #readyAt: number | null = null;
  #stopping = false;

  constructor(specification: ProcessSpecification<R>) {
    this.#specification = specification;
  }

  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  /** First start. Throws StackError where the process ends or stays silent instead of becoming ready. */
  async start(): Promise<R> {
    if (this.#stopping) throw new StackError(`${this.#specification.name} was stopped before it started`);
    const ready = await this.#launch();
    this.#watch();
    return ready;
  }

  /** Ends the process on purpose and starts it anew, for example with other settings. */
  async restart(): Promise<R> {
    await this.stop();
    this.#stopping = false;
    return this.start();
  }

  /** SIGKILL, as if the machine had taken it; the supervision then starts it again. */
  kill(): void {
    this.#child?.kill("SIGKILL");
  }

  /** SIGTERM, and SIGKILL for what has not ended in time; resolves when the process and its group are gone. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const child = this.#child;
    if (!child || hasEnded(child)) return;
    const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    child.kill("SIGTERM");
    const patience = new AbortController();
    await Promise.race([
      ended,
      sleep(this.#specification.stopWithinMilliseconds, null, { signal: patience.signal }).catch(() => null),
    ]);
    patience.abort();
    killGroup(child);
    await ended;
  }

  async #launch(): Promise<R> {
    const { name, command, readyReader, workingFolder, logFile, readyWithinMilliseconds } = this.#specification;
    const launch = command(this.#ready);
    mkdirSync(dirname(logFile), { recursive: true });
    const log = openSync(logFile, "a");
    const child = spawn(process.execPath, ["--import", exitWithParent, ...launch.arguments], {
      cwd: workingFolder,
      env: childEnvironment(launch.environment),
      stdio: ["pipe", "pipe", "pipe"],
      // A group of its own: Ctrl-C reaches the supervisor alone, which then ends everything in order.
      detached: process.platform !== "win32",
      windowsHide: true,
    });
    this.#child = child;
    this.#readyAt = null;
    this.#lastLines.length = 0;
    child.once("exit", () => killGroup(child));
    child.once("close", () => closeSync(log));
    child.stdin?.on("error", () => undefined);
    const keep = (line: string): void => {
      writeSync(log, `${line}\n`);
      this.#lastLines.push(line);
      if (this.#lastLines.length > lastLinesKept) this.#lastLines.shift();
    };
    createInterface({ input: child.stderr }).on("line", keep);
    const read = readyReader();
    const { promise, resolve, reject } = deferred<R>();
    createInterface({ input: child.stdout }).on("line", (line) => {
      keep(line);
      const ready = this.#readyAt === null ? read(line) : null;
      if (ready === null) return;
      this.#ready = ready;
      this.#readyAt = Date.now();
      resolve(ready);
    });
    const fail = (what: string): void =>
      reject(new StackError(`${name} ${what}. Its last lines (all in ${logFile}):\n${this.#indentedLastLines()}`));
    const late = setTimeout(() => {
      fail(`was not ready within ${readyWithinMilliseconds / 1000} s`);
      killGroup(child);
    }, readyWithinMilliseconds);
    // "close" comes after the last line was read, so that the message can show it.
    child.once("close", (code, signal) => fail(`ended before it was ready (${signal ?? `exit code ${code}`})`));
    child.once("error", (error) => fail(`could not be started: ${error.message}`));
    try {
      return await promise;
    } finally {
      clearTimeout(late);
    }
  }

  #watch(): void {
    const child = this.#child;
    if (!child) return;
    const onExit = (): void => {
      if (this.#stopping) return;
      this.#lives.push({ readyAt: this.#readyAt, diedAt: Date.now() });
      void this.#startAgain();
    };
    if (hasEnded(child)) onExit();
    else child.once("exit", onExit);
  }

  async #startAgain(): Promise<void> {
    const { name, onRestart, onReadyAgain, onGivenUp } = this.#specification;
    for (;;) {
      const delay = nextRestart(this.#lives);
      if (delay === null) {
        onGivenUp(new StackError(`${name} dies at once, again and again: given up.\n${this.#indentedLastLines()}`));
        return;
      }
      onRestart(delay);
      await sleep(delay);
      if (this.#stopping) return;
      try {
        await onReadyAgain(await this.start());
        return;
      } catch {
        // The reason stands in the log file; what counts here is one more death.
        if (this.#stopping) return;
        this.#lives.push({ readyAt: null, diedAt: Date.now() });
      }
    }
  }

  #indentedLastLines(): string {
    return this.#lastLines.map((line) => `  ${line}`).join("\n");
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
}

/** Whatever the process started and left behind ends with it. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") child.kill("SIGKILL");
    else process.kill(-child.pid, "SIGKILL");
  } catch {
    // Nobody is left in the group.
  }
}
