import type { Relation } from "./kql/relation.ts";

const most = 8;

/** The results of the last queries that have further pages, so that a page does not filter and sort all rows again. */
export class RecentResults {
  readonly #results = new Map<string, Relation>();

  get(fingerprint: string): Relation | undefined {
    return this.#results.get(fingerprint);
  }

  keep(fingerprint: string, result: Relation): void {
    this.#results.delete(fingerprint);
    this.#results.set(fingerprint, result);
    const [oldest] = this.#results.keys();
    if (this.#results.size > most && oldest !== undefined) this.#results.delete(oldest);
  }

  forget(fingerprint: string): void {
    this.#results.delete(fingerprint);
  }

  clear(): void {
    this.#results.clear();
  }
}
