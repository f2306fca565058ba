import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { projectFolder } from "../../../local/stack/stack-options.ts";
import { eventually, isRunning } from "./processes.ts";

let folder: string;
let child: ChildProcess | null;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "commands-"));
  child = null;
});

afterEach(() => {
  child?.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

function run(script: string, environment: Record<string, string> = {}) {
  const started = spawn(process.execPath, [join(projectFolder, script)], {
    cwd: folder,
    env: {
      ...process.env,
      FUNCTIONS_PORT: "0",
      LOCAL_AZURE_PORT: "0",
      LOCAL_DATA_DIR: "data",
      INIT_CWD: folder,
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child = started;
  let output = "";
  started.stdout.on("data", (chunk) => {
    output += chunk;
  });
  started.stderr.on("data", (chunk) => {
    output += chunk;
  });
  const ended = new Promise<number | null>((resolve) => started.once("close", resolve));
  return { process: started, ended, output: () => output };
}

const file = (name: string): string => join(folder, "data", name);
const children = (): number[] => JSON.parse(readFileSync(file("stack.pids.json"), "utf8")).children;

test("npm start: SIGTERM ends everything with exit 0, and stack.json goes", async () => {
  const start = run("local/stack/main.ts");
  await eventually("stack.json", () => existsSync(file("stack.json")) || start.process.exitCode !== null);
  expect(start.output()).not.toContain("ended before");
  const pids = children();
  expect(pids).toHaveLength(3);
  expect(pids.every(isRunning)).toBe(true);
  start.process.kill("SIGTERM");
  expect(await start.ended).toBe(0);
  expect(pids.some(isRunning)).toBe(false);
  expect(existsSync(file("stack.json"))).toBe(false);
}, 60_000);

test("npm start that is killed leaves no process behind, and the next one starts on its folder", async () => {
  const killed = run("local/stack/main.ts");
  await eventually("stack.json", () => existsSync(file("stack.json")));
  const pids = children();
  killed.process.kill("SIGKILL");
  await killed.ended;
  const next = run("local/stack/main.ts");
  await eventually("the next one is ready", () => next.output().includes("Everything is ready"));
  expect(pids.some(isRunning)).toBe(false);
  next.process.kill("SIGINT");
  expect(await next.ended).toBe(0);
}, 60_000);

test("a port that is in use is named, with the setting that changes it", async () => {
  const occupant = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => occupant.once("listening", resolve));
  const { port } = occupant.address() as AddressInfo;
  const start = run("local/stack/main.ts", { LOCAL_AZURE_PORT: String(port) });
  expect(await start.ended).toBe(1);
  expect(start.output()).toContain(`Port ${port} cannot be used (EADDRINUSE)`);
  expect(start.output()).toContain("LOCAL_AZURE_PORT");
  occupant.close();
});

test("npm run demo: everything stands, the second run writes nothing, what others change is told and mended, and nothing stays behind", async () => {
  const demo = run("local/demo/main.ts", { LOCAL_DATA_DIR: "", TMPDIR: folder, NO_COLOR: "1" });
  expect(await demo.ended, demo.output()).toBe(0);
  const output = demo.output();
  expect(output).toContain("Step 5");
  expect(output).toContain("Allow-SQL-LB-to-SQL-VMs-Inbound");
  expect(output).toContain("Azure seconds from the first write to the last");
  expect(output).toContain("\n0 writes");
  expect(output).toMatch(/(\d+) of \1 stand as asked for/);
  expect(output).toMatch(/Restored \d+\.\d s after the event, with [1-4] calls to Azure/);
  expect(output).toContain("1 card for Teams, 1 webhook");
  expect(output).toMatch(/It stands again .* after the timer began/);
  expect(output).toMatch(/by-hand let in everybody and now lets in .*: Would have blocked 0 of [\d,]+ flows/);
  expect(readdirSync(folder)).toEqual([]);
}, 180_000);
