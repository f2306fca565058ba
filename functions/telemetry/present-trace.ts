import { formatTraceParent } from "../../shared/domain/trace-parent.ts";
import { currentOperation } from "../../shared/telemetry/operation.ts";

/** The `traceparent` of what runs now, for work that begins later; undefined outside of any function. */
export function presentTraceParent(): string | undefined {
  const operation = currentOperation();
  return operation === null ? undefined : formatTraceParent(operation.trace);
}
