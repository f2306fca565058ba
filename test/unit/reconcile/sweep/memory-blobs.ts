import { type JsonBlobs, StaleStateError, type Stored } from "../../../../shared/state/blob-state.ts";

/** As much of the state as sweeps use, in memory. `failing` makes writes of such names throw, as a crash would. */
export class MemoryBlobs {
  readonly texts = new Map<string, string>();
  failing: ((name: string) => boolean) | null = null;

  get asBlobs(): JsonBlobs {
    return this as unknown as JsonBlobs;
  }

  async read<T>(name: string): Promise<Stored<T> | null> {
    const text = this.texts.get(name);
    return text === undefined ? null : { value: JSON.parse(text) as T, etag: text };
  }

  async write(name: string, value: unknown, etag: string | null): Promise<string> {
    if ((this.texts.get(name) ?? null) !== etag) throw new StaleStateError(name);
    return this.overwriteText(name, JSON.stringify(value));
  }

  overwrite(name: string, value: unknown): Promise<string> {
    return this.overwriteText(name, JSON.stringify(value));
  }

  async overwriteText(name: string, text: string): Promise<string> {
    if (this.failing?.(name)) throw new Error(`crashed before ${name} was written`);
    this.texts.set(name, text);
    return text;
  }

  async remove(name: string): Promise<boolean> {
    return this.texts.delete(name);
  }

  async names(prefix: string): Promise<string[]> {
    return [...this.texts.keys()].filter((name) => name.startsWith(prefix)).toSorted();
  }
}
