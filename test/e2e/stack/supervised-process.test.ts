import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { readReadyLine } from "../../../local/stack/ready-line.ts";
import { StackError } from "../../../local/stack/stack-error.ts";
import { SupervisedProcess } from "../../../local/stack/supervised-process.ts";
import { eventually, isRunning } from "./processes.ts";

const ready = z.object({
  port: z.int().default(0),
  pid: z.int().default(0),
  inner: z.int().default(0),
  environment: z.record(z.string(), z.string()).default({}),
});
type Ready = z.infer<typeof ready>;

let folder: string;
let restarts: number[];
let readyAgain: Ready[];
let givenUp: StackError[];
let supervised: SupervisedProcess<Ready> | null;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "supervised-process-"));
  [restarts, readyAgain, givenUp, supervised] = [[], [], [], null];
});

afterEach(async () => {
  await supervised?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function supervise(program: string, parts: { arguments?: string[]; readyWithin?: number; stopWithin?: number } = {}) {
  supervised = new SupervisedProcess<Ready>({
    name: "The program",
    command: (last) => ({
      arguments: [programFile(program), ...(parts.arguments ?? [])],
      environment: { PORT: String(last?.port ?? 0), OWN: "given" },
    }),
    readyReader: () => readReadyLine(ready),
    readyWithinMilliseconds: parts.readyWithin ?? 20_000,
    stopWithinMilliseconds: parts.stopWithin ?? 5000,
    workingFolder: folder,
    logFile: join(folder, "logs", "program.log"),
    onRestart: (delay) => restarts.push(delay),
    onReadyAgain: (again) => void readyAgain.push(again),
    onGivenUp: (error) => givenUp.push(error),
  });
  return supervised;
}

function programFile(name: string): string {
  return fileURLToPath(new URL(`./programs/${name}.ts`, import.meta.url));
}

test("a process that is killed starts again on the same port, and what it had started is gone", async () => {
  const process = supervise("steady");
  const first = await process.start();
  process.kill();
  await eventually("ready again", () => readyAgain.length === 1);
  expect(readyAgain[0]?.port).toBe(first.port);
  expect(readyAgain[0]?.pid).not.toBe(first.pid);
  expect(isRunning(first.inner)).toBe(false);
  expect(await (await fetch(`http://127.0.0.1:${first.port}`)).text()).toBe("here");
});

test("stop ends the process and what it started, and nothing starts again", async () => {
  const process = supervise("steady");
  const { pid, inner } = await process.start();
  await process.stop();
  await eventually("the inner process is gone", () => !isRunning(inner));
  expect(isRunning(pid)).toBe(false);
  expect(restarts).toEqual([]);
  await expect(process.start()).rejects.toThrow("was stopped before it started");
});

test("a process that is deaf to SIGTERM is ended all the same", async () => {
  const process = supervise("steady", { arguments: ["--deaf"], stopWithin: 200 });
  const { pid } = await process.start();
  await process.stop();
  expect(isRunning(pid)).toBe(false);
});

test("the caller's environment stays out, but for what any process needs", async () => {
  globalThis.process.env.AZURE_CLIENT_SECRET = "of a real tenant";
  try {
    const { environment } = await supervise("steady").start();
    expect(environment).toMatchObject({ OWN: "given", PATH: globalThis.process.env.PATH });
    expect(environment).not.toHaveProperty("AZURE_CLIENT_SECRET");
  } finally {
    delete globalThis.process.env.AZURE_CLIENT_SECRET;
  }
});

test("a process that ends before it is ready is an error with its last words", async () => {
  const error = await supervise("failing")
    .start()
    .catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(StackError);
  expect(String(error)).toContain("ended before it was ready (exit code 3)");
  expect(String(error)).toContain("the reason stands here");
  expect(readFileSync(join(folder, "logs", "program.log"), "utf8")).toContain("the reason stands here");
});

test("a process that never becomes ready is an error, and is ended", async () => {
  const process = supervise("silent", { readyWithin: 500 });
  await expect(process.start()).rejects.toThrow("was not ready within 0.5 s");
  await eventually("it is gone", () => !isRunning(process.pid ?? 0));
});

test("a process that dies at once, again and again, starts ever later and is given up loudly", async () => {
  await supervise("failing", { arguments: ["--once-ready"] }).start();
  await eventually("given up", () => givenUp.length === 1);
  expect(givenUp[0]?.message).toContain("the reason stands here");
  expect(restarts).toEqual([0, 250, 500, 1000, 2000, 4000]);
}, 60_000);

test("when the supervisor itself is killed, its process and what that started end too", async () => {
  const program = [programFile("supervisor"), join(folder, "log")];
  const supervisor = spawn(process.execPath, program, { stdio: ["ignore", "pipe", "inherit"] });
  const line = await new Promise<string>((resolve) => createInterface(supervisor.stdout).once("line", resolve));
  const { pid, inner } = ready.parse(JSON.parse(line));
  expect(isRunning(pid)).toBe(true);
  supervisor.kill("SIGKILL");
  await eventually("the process is gone", () => !isRunning(pid));
  await eventually("what it started is gone", () => !isRunning(inner));
});
