import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";

/**
 * Facts that outlive the data folder, each once: `{kind}-{process id}.ndjson` in the folder that LOCAL_AZURE_RECORDS_DIR
 * names. Appended at once, so that a killed process loses none. Without a folder nothing is kept.
 */
export class KeptRecords {
  readonly #folder: string | undefined;
  readonly #seen = new Set<string>();

  constructor(folder: string | undefined) {
    this.#folder = folder === "" ? undefined : folder;
    if (this.#folder !== undefined) mkdirSync(this.#folder, { recursive: true });
  }

  /** Whether anything is kept: what costs work to tell need not be told else. */
  get keeps(): boolean {
    return this.#folder !== undefined;
  }

  add(kind: "writes" | "permissions", fact: unknown): void {
    if (this.#folder === undefined) return;
    const line = `${JSON.stringify(fact)}\n`;
    if (this.#seen.has(kind + line)) return;
    this.#seen.add(kind + line);
    appendFileSync(join(this.#folder, `${kind}-${process.pid}.ndjson`), line);
  }
}
