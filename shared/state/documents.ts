import { inParallel } from "../domain/in-parallel.ts";
import { type JsonBlobs, StaleStateError, type Stored } from "./blob-state.ts";

/** Ids are parts of blob names. */
const idPattern = /^[a-z0-9][a-z0-9-]{0,79}$/;

/** Documents of one kind, each under its id in a folder of the state. */
export class Documents<D extends { readonly id: string }> {
  readonly #blobs: JsonBlobs;
  readonly #folder: string;

  constructor(blobs: JsonBlobs, folder: string) {
    this.#blobs = blobs;
    this.#folder = folder;
  }

  /** Null where none stands, or the text is no id. */
  async read(id: string): Promise<Stored<D> | null> {
    return idPattern.test(id) ? this.#blobs.read<D>(this.#name(id)) : null;
  }

  /**
   * The documents in the order of their ids, at most so many. Reads a few at a time: a list of hundreds is no burst on
   * the storage.
   */
  async list(most = Number.POSITIVE_INFINITY): Promise<readonly D[]> {
    const names = await this.#blobs.names(`${this.#folder}/`, most);
    const all = await inParallel(names, readAtOnce, (name) => this.#blobs.read<D>(name));
    // One that was deleted meanwhile is not there.
    return all.flatMap((stored) => (stored === null ? [] : [stored.value]));
  }

  /** The first wanted ones in the order of their ids, at most `most`, of the first `looked`; stops when it has them. */
  async first(most: number, looked: number, isWanted: (document: D) => boolean): Promise<readonly D[]> {
    const names = await this.#blobs.names(`${this.#folder}/`, looked);
    const found: D[] = [];
    for (let at = 0; at < names.length && found.length < most; at += readAtOnce) {
      const some = await Promise.all(names.slice(at, at + readAtOnce).map((name) => this.#blobs.read<D>(name)));
      found.push(...some.flatMap((stored) => (stored !== null && isWanted(stored.value) ? [stored.value] : [])));
    }
    return found.slice(0, most);
  }

  /** Ids in their order. Reads no document. */
  async ids(): Promise<readonly string[]> {
    const names = await this.#blobs.names(`${this.#folder}/`);
    return names.map((name) => name.slice(this.#folder.length + 1, -".json".length));
  }

  /** Writes a new document; false where one of this id stands already. */
  async add(document: D): Promise<boolean> {
    try {
      await this.#blobs.write(this.#name(document.id), document, null);
      return true;
    } catch (error) {
      if (error instanceof StaleStateError) return false;
      throw error;
    }
  }

  /** Writes the document, whatever stands. */
  put(document: D): Promise<void> {
    return this.#blobs.overwrite(this.#name(document.id), document);
  }

  /** Changes the document as often as others write between; null where none stands. `change` may answer the same. */
  async update(id: string, change: (document: D) => D): Promise<D | null> {
    for (;;) {
      const stored = await this.read(id);
      if (stored === null) return null;
      const changed = change(stored.value);
      if (changed === stored.value) return changed;
      try {
        await this.#blobs.write(this.#name(id), changed, stored.etag);
        return changed;
      } catch (error) {
        if (!(error instanceof StaleStateError)) throw error;
      }
    }
  }

  /** Whether there was one. */
  async remove(id: string): Promise<boolean> {
    return idPattern.test(id) && this.#blobs.remove(this.#name(id));
  }

  #name(id: string): string {
    if (!idPattern.test(id)) throw new Error(`not an id of a document: ${JSON.stringify(id.slice(0, 100))}`);
    return `${this.#folder}/${id}.json`;
  }
}

const readAtOnce = 32;
