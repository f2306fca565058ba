import { fileURLToPath } from "node:url";

/** Node keeps compiled code here: Azurite, a large program, then starts in a third of the time. */
const compileCache = fileURLToPath(new URL("../../node_modules/.cache/compiled", import.meta.url));

const passedOn = [
  "PATH",
  "HOME",
  "USER",
  "TMPDIR",
  "TMP",
  "TEMP",
  "LANG",
  "LC_ALL",
  "TZ",
  "SystemRoot",
  "ComSpec",
  "PATHEXT",
  "USERPROFILE",
  "APPDATA",
  "LOCALAPPDATA",
  // Of local Azure alone: where test runs gather what was asked of it.
  "LOCAL_AZURE_RECORDS_DIR",
];

/**
 * Environment of a process of the stack: what any process needs, and `own`. The caller's other variables stay out,
 * so that credentials of a real Azure on this machine can never reach the app under test.
 */
export function childEnvironment(own: Readonly<Record<string, string>>, caller = process.env): Record<string, string> {
  const environment: Record<string, string> = { NODE_COMPILE_CACHE: compileCache };
  for (const name of passedOn) {
    const value = caller[name];
    if (value !== undefined) environment[name] = value;
  }
  return { ...environment, ...own };
}
