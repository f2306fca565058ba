import { resolve } from "node:path";
import { parseArgs } from "node:util";

/** How a host is started; paths are absolute. */
export interface HostOptions {
  /** Folder with host.json and the app's package.json. */
  root: string;
  /** Folder for what the host keeps. */
  data: string;
  /** File with the users the host signs in; absent = no sign-in. */
  signInFile: string | undefined;
  /** 0 = any free port. */
  port: number;
  logLevel: string;
}

/** How the host is called. */
export const usage =
  "usage: main.ts --root DIR --data DIR [--sign-in-file FILE] [--port N]\n" +
  "environment: FUNCTIONS_PORT (default 7071, 0 = any free port), FUNCTIONS_LOG_LEVEL (default info)";

/** Reads the command line and the environment. @throws TypeError for what is not understood */
export function parseHostOptions(args: string[], environment: NodeJS.ProcessEnv): HostOptions {
  const { values } = parseArgs({
    args,
    options: {
      root: { type: "string" },
      data: { type: "string" },
      "sign-in-file": { type: "string" },
      port: { type: "string" },
    },
  });
  const { root, data, port = environment.FUNCTIONS_PORT ?? "7071" } = values;
  if (root === undefined || data === undefined || !/^\d{1,5}$/.test(port)) {
    throw new TypeError(usage);
  }
  const signInFile = values["sign-in-file"];
  return {
    root: resolve(root),
    data: resolve(data),
    signInFile: signInFile === undefined ? undefined : resolve(signInFile),
    port: Number(port),
    logLevel: environment.FUNCTIONS_LOG_LEVEL ?? "info",
  };
}
