import { createHash } from "node:crypto";

/** Where in which trace something happens (W3C Trace Context). */
export interface TraceParent {
  /** 32 hexadecimal digits, not all zero. */
  readonly traceId: string;
  /** 16 hexadecimal digits, not all zero: what the next ones hang from. */
  readonly spanId: string;
  /** Whether who began the trace keeps it. */
  readonly sampled: boolean;
}

const form = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/;
const longest = 512;

/**
 * Reads the header `traceparent`; null where it is none. It comes from whoever calls: nothing but hexadecimal digits of a
 * fixed number is taken out of it. Source: W3C Trace Context, section 3.2 "Traceparent Header".
 */
export function parseTraceParent(header: string | null | undefined): TraceParent | null {
  if (header == null || header.length > longest) return null;
  const [, traceId, spanId, flags] = form.exec(header) ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return null;
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

/** The header `traceparent`, version 00. */
export function formatTraceParent({ traceId, spanId, sampled }: TraceParent): string {
  return `00-${traceId}-${spanId}-${sampled ? "01" : "00"}`;
}

/** The trace of what has a name of its own but no caller, such as a sweep: the same each time it is asked for. */
export function traceNamed(name: string): TraceParent {
  const digits = createHash("sha256").update(name).digest("hex");
  return { traceId: digits.slice(0, 32), spanId: digits.slice(32, 48), sampled: true };
}

/** The trace as Azure writes correlation ids, `x-ms-correlation-request-id` and the activity log: a GUID. */
export function correlationIdOf({ traceId }: Pick<TraceParent, "traceId">): string {
  return traceId.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
