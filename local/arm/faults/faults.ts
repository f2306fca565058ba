/** What can be made to go wrong. */
export const faultKinds = [
  "429",
  "503",
  "409-another-operation",
  "lro-failed",
  "lro-superseded",
  "timeout",
  "connection-reset",
  "forbidden",
  "locked",
  "not-yet-known",
  "token-expired",
  "lro-stuck",
] as const;

/** Faults that let a call through and meet the operation that it starts. */
export type OperationFaultKind = "lro-failed" | "lro-superseded" | "lro-stuck";

export type FaultKind = (typeof faultKinds)[number];

/** How an operation shall end, or that it shall not. */
export interface OperationFault {
  readonly kind: OperationFaultKind;
  readonly error: Fault["error"];
}

/** A fault that waits for calls. */
export interface Fault {
  readonly id: string;
  readonly match: { readonly method?: string; readonly pathRegex?: string };
  readonly kind: FaultKind;
  /** How many calls it will still meet. */
  readonly times: number;
  readonly retryAfterSeconds: number | null;
  /** What `lro-failed` ends with, or null for Azure's own trouble. */
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** The faults that were ordered through the control plane, oldest first; one call meets at most one. */
export class Faults {
  readonly #faults = new Map<string, Fault>();

  add(fault: Fault): void {
    this.#faults.set(fault.id, fault);
  }

  list(): readonly Fault[] {
    return [...this.#faults.values()];
  }

  clear(): void {
    this.#faults.clear();
  }

  /** The fault that a call meets. It counts as met only when `meet` is called. */
  find(method: string, path: string): Fault | undefined {
    return this.list().find(
      ({ match }) =>
        (match.method === undefined || match.method === "*" || match.method.toUpperCase() === method) &&
        (match.pathRegex === undefined || new RegExp(match.pathRegex, "i").test(path)),
    );
  }

  /** Takes one of the fault's times. */
  meet(fault: Fault): void {
    const current = this.#faults.get(fault.id);
    if (current === undefined) return;
    if (current.times <= 1) this.#faults.delete(fault.id);
    else this.#faults.set(fault.id, { ...current, times: current.times - 1 });
  }
}

/** The part of a fault that an operation takes over; undefined where the fault is none of operations. */
export function operationFaultOf(fault: Fault | undefined): OperationFault | undefined {
  if (fault?.kind === "lro-failed") return { kind: fault.kind, error: fault.error };
  return fault?.kind === "lro-superseded" || fault?.kind === "lro-stuck"
    ? { kind: fault.kind, error: null }
    : undefined;
}
