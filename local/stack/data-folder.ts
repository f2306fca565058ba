import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { acquireFolderLock, type FolderLock } from "./folder-lock.ts";
import { StackError } from "./stack-error.ts";

const processesSchema = z.object({ supervisor: z.int(), children: z.array(z.int()) });
const leftoverPatienceMilliseconds = 10_000;

/** The folder that holds everything of one stack; one stack at a time owns it. */
export class DataFolder {
  readonly path: string;
  readonly #temporary: boolean;
  readonly #lock: FolderLock;

  /** Takes the folder. Throws StackError while another stack runs on it. */
  static open(path: string | null): DataFolder {
    const folder = path === null ? mkdtempSync(join(tmpdir(), "zero-trust-spokes-")) : resolve(path);
    mkdirSync(folder, { recursive: true });
    const lock = acquireFolderLock(join(folder, "stack.lock"));
    if (!lock) {
      const owner = readProcesses(folder)?.supervisor;
      throw new StackError(
        `Another stack${owner ? ` (process ${owner})` : ""} runs on ${folder}. Stop it, or set LOCAL_DATA_DIR to another folder.`,
      );
    }
    return new DataFolder(folder, path === null, lock);
  }

  private constructor(path: string, temporary: boolean, lock: FolderLock) {
    this.path = path;
    this.#temporary = temporary;
    this.#lock = lock;
  }

  get stackFile(): string {
    return join(this.path, "stack.json");
  }

  /** Path of one process's log. */
  logFile(name: string): string {
    return join(this.path, "logs", `${name}.log`);
  }

  /** Processes of a stack that was killed end by themselves; waits for them, for they still hold files and ports. */
  async awaitLeftovers(): Promise<void> {
    rmSync(this.stackFile, { force: true });
    const children = readProcesses(this.path)?.children ?? [];
    const deadline = Date.now() + leftoverPatienceMilliseconds;
    while (Date.now() < deadline && children.some(isAlive)) await sleep(100);
  }

  /** Notes who runs here, for the next stack's message and patience. */
  noteProcesses(children: readonly number[]): void {
    this.#writeWhole(join(this.path, "stack.pids.json"), { supervisor: process.pid, children });
  }

  /** Writes stack.json at once and whole: a reader never sees half of it. */
  writeStackFile(content: unknown): void {
    this.#writeWhole(this.stackFile, content);
  }

  /** Gives the folder back; a temporary one is removed. */
  close(): void {
    rmSync(this.stackFile, { force: true });
    rmSync(join(this.path, "stack.pids.json"), { force: true });
    this.#lock.release();
    if (this.#temporary) rmSync(this.path, { recursive: true, force: true, maxRetries: 3 });
  }

  #writeWhole(file: string, content: unknown): void {
    const unfinished = `${file}.${process.pid}.tmp`;
    writeFileSync(unfinished, `${JSON.stringify(content, null, 2)}\n`);
    renameSync(unfinished, file);
  }
}

function readProcesses(folder: string): z.infer<typeof processesSchema> | null {
  try {
    return processesSchema.parse(JSON.parse(readFileSync(join(folder, "stack.pids.json"), "utf8")));
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
