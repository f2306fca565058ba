import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";

const main = fileURLToPath(new URL("../../../local/host/main.ts", import.meta.url));
const fixtures = fileURLToPath(new URL("./fixtures/", import.meta.url));

/** How a test starts a host. */
export interface HostProcessOptions {
  /** Name of a folder in fixtures/, or the path of an app. */
  fixture: string;
  /** Kept over restarts by the caller; else made and removed with the process. */
  data?: string;
  signInFile?: string;
  environment?: Record<string, string>;
}

/** A running host. */
export interface HostProcess {
  url: string;
  pid: number;
  /** What it wrote to standard error so far. */
  log(): string;
  /** SIGTERM. @returns the exit code */
  stop(): Promise<number | null>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

/** What must not outlive the tests, also where one fails. */
const folders = new Set<string>();
const children = new Set<ChildProcess>();
afterAll(() => {
  for (const child of children) {
    child.kill("SIGKILL");
  }
  for (const folder of folders) {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** A folder for data that is removed when the tests end. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "functions-host-"));
  folders.add(folder);
  return folder;
}

/** Starts a host on a free port and waits until it is ready. @throws Error with its log when it ends before */
export async function startHostProcess(options: HostProcessOptions): Promise<HostProcess> {
  const data = options.data ?? temporaryFolder();
  const signIn = options.signInFile ? ["--sign-in-file", options.signInFile] : [];
  const child = spawn(
    process.execPath,
    [main, "--root", resolve(fixtures, options.fixture), "--data", data, ...signIn],
    {
      env: { ...process.env, FUNCTIONS_PORT: "0", ...options.environment },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    log += text;
  });
  children.add(child);
  const exited = once(child, "exit").finally(() => children.delete(child));
  const [line] = (await Promise.race([
    once(createInterface(child.stdout), "line"),
    exited.then(([code]) => Promise.reject(new Error(`The host ended with ${code}.\n${log}`))),
  ])) as [string];
  const { url, pid } = JSON.parse(line) as { url: string; pid: number };
  return {
    url,
    pid,
    log: () => log,
    stop: async () => {
      child.kill("SIGTERM");
      return ((await exited) as [number | null])[0];
    },
    kill: async () => {
      child.kill("SIGKILL");
      await exited;
    },
  };
}
