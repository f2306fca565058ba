import {
  type Attributes,
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
} from "@opentelemetry/api";
import type { TraceParent } from "../domain/trace-parent.ts";
import { childOf } from "./new-trace.ts";
import { isExporting, toExporter } from "./sink.ts";

export interface SpanBeginning {
  readonly name: string;
  /** "server": somebody asked for it; "consumer": a message or timer did; "internal"; "client": a call to somebody else. */
  readonly kind: "server" | "consumer" | "internal" | "client";
  readonly parent: TraceParent;
  readonly attributes: Readonly<Record<string, string>>;
}

/** How a span ended: what failed is told without a message, which the log has. */
export interface SpanEnd {
  readonly failed: boolean;
  readonly attributes?: Readonly<Record<string, string | number>>;
}

/** A span under way. */
export interface OpenSpan {
  /** What hangs from it names this. */
  readonly trace: TraceParent;
  end(end: SpanEnd): void;
}

const kinds = {
  server: SpanKind.SERVER,
  consumer: SpanKind.CONSUMER,
  internal: SpanKind.INTERNAL,
  client: SpanKind.CLIENT,
};

/** Begins a span; where the exporter is not ready yet, it is sent whole when it is. */
export function beginSpan({ name, kind, parent, attributes }: SpanBeginning): OpenSpan {
  const startTime = new Date();
  const begin = () =>
    trace
      .getTracer("zero-trust-spokes")
      .startSpan(name, { kind: kinds[kind], attributes, startTime }, contextOf(parent));
  if (!isExporting()) {
    return {
      trace: childOf(parent),
      end: (end) => {
        const endTime = new Date();
        toExporter(() => finish(begin(), end, endTime));
      },
    };
  }
  const span = begin();
  const { traceId, spanId } = span.spanContext();
  return { trace: { traceId, spanId, sampled: parent.sampled }, end: (end) => finish(span, end, new Date()) };
}

/** For OpenTelemetry: whatever is recorded in it hangs from this place in the trace. */
export function contextOf({ traceId, spanId, sampled }: TraceParent): Context {
  const traceFlags = sampled ? TraceFlags.SAMPLED : TraceFlags.NONE;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
}

function finish(span: Span, { failed, attributes }: SpanEnd, endTime: Date): void {
  span.setAttributes((attributes ?? {}) as Attributes);
  if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end(endTime);
}
