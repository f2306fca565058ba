/** One thing that is wrong with an input: where (RFC 6901 JSON pointer), which rule, and what to do. */
export interface Violation {
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
}

/** The parsed value, or everything that is wrong with the input; never both. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly violations: readonly Violation[] };
