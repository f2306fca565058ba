/** Changes of a plan, by index, that may be made at the same time. */
export interface Wave {
  /** The next wave waits for these. */
  readonly changes: readonly number[];
  /** Slow changes that nothing waits for: they run beside this wave and those after it. */
  readonly alongside: readonly number[];
}

/** A row of waves: each begins when the one before is done. */
export interface Lane {
  readonly waves: readonly Wave[];
}

/** How the work on one change ended, as activities tell it to orchestrators. */
export interface ChangeOutcome {
  readonly change: number;
  /** "not-yet": Azure could not do it now, another attempt may succeed. */
  readonly status: "succeeded" | "refused" | "not-yet";
}
