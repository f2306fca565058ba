import { type JsonBlobs, StaleStateError } from "../../../../shared/state/blob-state.ts";

/** The state's documents in memory, with ETags as the storage has them. */
export function memoryBlobs(): JsonBlobs {
  const blobs = new Map<string, { readonly text: string; readonly etag: string }>();
  let count = 0;
  const put = (name: string, value: unknown) => {
    count += 1;
    blobs.set(name, { text: JSON.stringify(value), etag: String(count) });
    return String(count);
  };
  const stub: Partial<JsonBlobs> = {
    read: async <T>(name: string) => {
      const found = blobs.get(name);
      return found === undefined ? null : { value: JSON.parse(found.text) as T, etag: found.etag };
    },
    write: async (name, value, etag) => {
      if ((blobs.get(name)?.etag ?? null) !== etag) throw new StaleStateError(name);
      return put(name, value);
    },
    overwrite: async (name, value) => {
      put(name, value);
    },
    remove: async (name) => blobs.delete(name),
    names: async (prefix, most = Number.POSITIVE_INFINITY) =>
      [...blobs.keys()]
        .filter((name) => name.startsWith(prefix))
        .toSorted()
        .slice(0, most),
  };
  return stub as JsonBlobs;
}
