import type { InvocationContext } from "@azure/functions";
import { isSpokeName } from "../../shared/domain/spoke-name.ts";
import { parseTraceParent, type TraceParent, traceNamed } from "../../shared/domain/trace-parent.ts";
import { newTrace } from "../../shared/telemetry/new-trace.ts";
import type { Operation } from "../../shared/telemetry/operation.ts";

type Known = Readonly<Record<string, unknown>>;

/**
 * What an invocation belongs to: out of the caller's `traceparent`, or of the input that an orchestration was given with it.
 * Sweeps and passes over all spokes have a trace of their own, the same in each of their activities.
 * @param context of the invocation
 * @param input the first input, as the trigger gives it
 */
export function operationOfInvocation(
  context: Pick<InvocationContext, "functionName" | "traceContext" | "options">,
  input: unknown,
): Operation {
  const host = parseTraceParent(context.traceContext?.traceParent);
  const { trace, spoke } = aboutInput(context.options.trigger.type, input);
  // The host's place in the caller's trace is the nearer one, where it continues that trace.
  const nearest = trace === null || host?.traceId === trace.traceId ? host : trace;
  return { name: context.functionName, trace: nearest ?? newTrace(), spoke };
}

function aboutInput(
  trigger: string,
  input: unknown,
): { readonly trace: TraceParent | null; readonly spoke: string | null } {
  switch (trigger) {
    case "httpTrigger":
      return aboutRequest(input);
    case "orchestrationTrigger":
      return aboutWork(orchestrationInput(input));
    case "activityTrigger":
      return aboutWork(knownOf(input));
    default:
      return { trace: null, spoke: null };
  }
}

function aboutRequest(input: unknown): { trace: TraceParent | null; spoke: string | null } {
  const { headers, params, url } = knownOf(input) as {
    headers?: { get?(name: string): string | null };
    params?: Readonly<Record<string, string>>;
    url?: string;
  };
  const trace = parseTraceParent(headers?.get?.("traceparent"));
  const isOfSpoke = url !== undefined && /^\/api\/spokes\//.test(new URL(url).pathname);
  const name = textOf(params?.name);
  // A column of the log holds names of spokes, and not whatever anybody writes into an address.
  return { trace, spoke: isOfSpoke && name !== null && isSpokeName(name) ? name : null };
}

/** Inputs of orchestrations and activities: a run's, a sweep's or a pass's. */
function aboutWork({ name, spoke, traceparent, sweepId, pass }: Known): {
  trace: TraceParent | null;
  spoke: string | null;
} {
  return {
    trace:
      parseTraceParent(textOf(traceparent)) ??
      (typeof sweepId === "string" ? traceNamed(`sweep-${sweepId}`) : null) ??
      (typeof pass === "string" ? traceNamed(`pass-${pass}`) : null),
    spoke: textOf(name) ?? textOf(spoke),
  };
}

/** Durable Functions hands an orchestrator its history, and its input as JSON in it. */
function orchestrationInput(binding: unknown): Known {
  const { input } = knownOf(binding);
  if (typeof input !== "string") return knownOf(input);
  try {
    return knownOf(JSON.parse(input));
  } catch {
    return {};
  }
}

function knownOf(value: unknown): Known {
  return typeof value === "object" && value !== null ? (value as Known) : {};
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
