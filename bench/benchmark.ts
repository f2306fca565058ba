/** One measurement that a person can repeat: `npm run bench -- NAME`. */
export interface Benchmark {
  readonly name: string;
  /** One line: what it measures. */
  readonly summary: string;
  /**
   * Measures and prints.
   * @param args what stood after the name
   * @param end aborted when the person gives up: nothing may be left behind
   */
  readonly run: (args: readonly string[], end: AbortSignal) => Promise<void>;
}
