import { redacted } from "../../shared/domain/redacted.ts";
import { correlationIdOf } from "../../shared/domain/trace-parent.ts";
import type { Operation } from "../../shared/telemetry/operation.ts";

/** What every line of the log says of where it comes from, in the words of the log store's columns. */
export function dimensionsOf(operation: Operation | null): Record<string, string> {
  return {
    spoke: operation?.spoke ?? "-",
    operation: operation?.name ?? "start",
    correlationId: operation === null ? "-" : correlationIdOf(operation.trace),
  };
}

/** A line of the log as it is written: without secrets, and with where it comes from. */
export function logLine(message: string, operation: Operation | null): string {
  return withPlace(redacted(message), dimensionsOf(operation));
}

/** A message without secrets, and where it comes from. */
export function withPlace(message: string, dimensions: Readonly<Record<string, string>>): string {
  const said = Object.entries(dimensions).map(([name, value]) => `${name}=${oneLine(value)}`);
  return `${message} [${said.join(" ")}]`;
}

/** Names out of addresses stand here: none of them may end the line, or the brackets. */
function oneLine(value: string): string {
  return value.replace(/[^\w.-]/g, "_").slice(0, 80);
}
