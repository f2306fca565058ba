import type { InvocationContext } from "@azure/functions";
import { inOperation, type Operation } from "../../shared/telemetry/operation.ts";
import { beginSpan, type SpanBeginning } from "../../shared/telemetry/spans.ts";
import { redactError } from "./redact-error.ts";

/**
 * Runs a function as an operation, in a span of its own. Turns of an orchestrator have none: they are replayed, and what
 * they do is done by activities. An error that the function throws is told and thrown on without secrets: the host tells
 * of it too, but not in Application Insights, since it leaves lines of functions to this app there. It is told as an
 * error, which raises an alert, where nothing calls the function again: of an activity that fails for good its orchestrator
 * tells, of a message the poison queue, of an event the dead letters.
 * @param trigger type of its trigger
 * @param log of the invocation
 */
export async function runAsOperation<R>(
  operation: Operation,
  trigger: string,
  log: Pick<InvocationContext, "error" | "log">,
  work: () => R | Promise<R>,
): Promise<R> {
  if (trigger === "orchestrationTrigger") return inOperation(operation, work);
  const span = beginSpan({ name: operation.name, kind: kindOf(trigger), parent: operation.trace, attributes: {} });
  const running: Operation = { ...operation, trace: span.trace };
  const attributes = () => ({ spoke: running.spoke ?? "-" });
  try {
    const result = await inOperation(running, work);
    span.end({ failed: false, attributes: attributes() });
    return result;
  } catch (error) {
    span.end({ failed: true, attributes: attributes() });
    redactError(error);
    inOperation(running, () => log[repeated.has(trigger) ? "log" : "error"](`${operation.name} failed:`, error));
    throw error;
  }
}

/** Types of triggers whose functions are called again when they fail. */
const repeated: ReadonlySet<string> = new Set(["activityTrigger", "queueTrigger", "eventGridTrigger"]);

function kindOf(trigger: string): SpanBeginning["kind"] {
  if (trigger === "httpTrigger") return "server";
  return trigger === "activityTrigger" || trigger === "entityTrigger" ? "internal" : "consumer";
}
