import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** What an app registered in a fresh process, and what it took. */
export interface Registration {
  readonly functions: readonly { readonly name: string; readonly bindings: Readonly<Record<string, unknown>> }[];
  /** From before the import of the app's entry until all functions were registered. */
  readonly milliseconds: number;
  readonly cpuMilliseconds: number;
  /** Of the process, afterwards and before. */
  readonly residentBytes: number;
  readonly emptyBytes: number;
}

/**
 * Starts an app in a fresh process as the Node worker of the Functions host does.
 * @param folder with package.json
 * @param settings all of the process's environment, beside what any process needs
 */
export async function registerFunctions(
  folder: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<Registration> {
  const program = fileURLToPath(new URL("start-as-worker.js", import.meta.url));
  const env = { PATH: process.env.PATH, SystemRoot: process.env.SystemRoot, ...settings };
  const { stdout } = await promisify(execFile)(process.execPath, [program, folder], { env });
  return JSON.parse(stdout) as Registration;
}
