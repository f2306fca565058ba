import type { StorageService } from "./backing-storage.ts";

/** A call's place in a storage account. */
export interface StorageUrl {
  readonly service: StorageService;
  readonly account: string;
  /** What follows the account's address, as it was sent: begins with a slash. */
  readonly path: string;
  /** The path's segments, decoded: container and blob, or queue and message. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  readonly rawQuery: string;
}

/** Beginning of the path below which local Azure is a service of a storage account. */
const prefix = /^\/_(blob|queue)\.([a-z0-9]{3,24})(\/[^?]*)?(?:\?(.*))?$/;

/**
 * Address of a service of an account, as `primaryEndpoints` shows it. It has one segment, for the clients of Azure take
 * what follows the first segment of an address without a host name for the container.
 */
export function storageEndpoint(baseUrl: string, account: string, service: StorageService): string {
  return `${baseUrl}/_${service}.${account}/`;
}

/** Names of containers and queues, and the containers that Azure has by itself. */
const partName = /^(?:\$root|\$web|\$logs|[a-z0-9](?:-?[a-z0-9])*)$/;

/** Parameters that decide what a call does. */
const deciding = ["restype", "comp", "peekonly"];

/**
 * Reads the URL of a call; undefined where it is none of a storage account. `segments` is undefined in a URL that two
 * readers could understand differently: such a call must not be passed on, since its rights were asked for another place.
 */
export function parseStorageUrl(url: string): (Omit<StorageUrl, "segments"> & Partial<StorageUrl>) | undefined {
  const [, service, account, path = "/", rawQuery = ""] = prefix.exec(url) ?? [];
  if (service === undefined || account === undefined) return undefined;
  const query = new URLSearchParams(rawQuery);
  const found = { service: service as StorageService, account, path, query, rawQuery };
  const segments = decoded(path);
  const plain = segments !== undefined && isPlain(segments) && deciding.every((name) => query.getAll(name).length < 2);
  return plain ? { ...found, segments } : found;
}

function isPlain([part, item]: readonly string[]): boolean {
  if (part !== undefined && !partName.test(part)) return false;
  return item === undefined || !item.split(/[/\\]/).some((step) => step === "." || step === "..");
}

/** The first segment is a container or queue; the rest is one name, slashes included. */
function decoded(path: string): readonly string[] | undefined {
  const [, first = "", rest = ""] = /^\/([^/]*)\/?(.*)$/.exec(path) ?? [];
  try {
    return [first, rest].filter((part) => part !== "").map(decodeURIComponent);
  } catch {
    return undefined;
  }
}
