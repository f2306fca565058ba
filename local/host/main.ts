import { type Host, startHost } from "./host.ts";
import { parseHostOptions } from "./host-options.ts";
import { createLog, redirectConsole } from "./log.ts";

/**
 * A small host for Azure Functions apps with Durable Functions, for developers: one process, one data folder. When it is
 * ready it writes one line of JSON to standard output: `{"ready":true,"url","pid"}`. SIGTERM or SIGINT ends it.
 */
const options = parseHostOptions(process.argv.slice(2), process.env);
const log = createLog(options.logLevel);
redirectConsole();

// As the platform's worker does: after an error nobody caught, the process ends and its supervisor starts a new one.
process.on("uncaughtException", (error) => {
  log.fatal({ err: error }, "An error was not caught: the host ends.");
  process.exit(1);
});

let host: Host | undefined;
let stopping = false;
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.on(signal, () => {
    if (!stopping) {
      stopping = true;
      log.info(`${signal}: the host stops.`);
      Promise.resolve(host?.stop()).then(() => process.exit(0));
    }
  });
}

host = await startHost(options, log);
process.stdout.write(`${JSON.stringify({ ready: true, url: host.url, pid: process.pid })}\n`);
