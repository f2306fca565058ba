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
] as const;

export type FaultKind = (typeof faultKinds)[number];

/** A fault that waits for calls. */
export interface Fault {
  readonly id: string;
  readonly match: { readonly method?: string; readonly pathRegex?: string };
  readonly kind: FaultKind;
  /** How many calls it will still meet. */
  readonly times: number;
  readonly retryAfterSeconds: number | null;
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
