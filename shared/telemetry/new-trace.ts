import { randomBytes } from "node:crypto";
import type { TraceParent } from "../domain/trace-parent.ts";

/** A trace that begins here. */
export function newTrace(): TraceParent {
  return { traceId: newId(16), spanId: newId(8), sampled: true };
}

/** The next place in the same trace. */
export function childOf(parent: TraceParent): TraceParent {
  return { ...parent, spanId: newId(8) };
}

function newId(bytes: number): string {
  const id = randomBytes(bytes).toString("hex");
  return /^0+$/.test(id) ? newId(bytes) : id;
}
