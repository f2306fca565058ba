import { Console } from "node:console";
import pino, { type Logger } from "pino";
import type { LogLevel } from "./core/core-api.ts";

/** How the worker contract's levels are written. */
const levels: Record<LogLevel, "trace" | "debug" | "info" | "warn" | "error" | "fatal" | undefined> = {
  trace: "trace",
  debug: "debug",
  information: "info",
  warning: "warn",
  error: "error",
  critical: "fatal",
  none: undefined,
};

/** The host's log, on standard error: standard output is for the line that says that the host is ready. */
export function createLog(level: string): Logger {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: true }),
  );
}

/** Sends what the app writes to its console to standard error. */
export function redirectConsole(): void {
  globalThis.console = new Console({ stdout: process.stderr, stderr: process.stderr });
}

/** Writes a line that came from the app or its library. */
export function writeAppLog(log: Logger, level: LogLevel, message: string, details: Record<string, unknown>): void {
  const name = levels[level];
  if (name) {
    log[name](details, message);
  }
}
