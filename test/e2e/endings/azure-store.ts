import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** All that local Azure holds, by table and key; equal for two worlds that differ only in what Azure makes up. */
export type AzureStore = Readonly<Record<(typeof tables)[number], Readonly<Record<string, unknown>>>>;

/** A long-running operation of local Azure. */
export interface StoredOperation {
  readonly name: string;
  readonly resourceId: string;
  readonly status: "InProgress" | "Succeeded" | "Failed" | "Canceled";
}

const tables = [
  "resources",
  "principals",
  "principalReplication",
  "conditional_access_policies",
  "subscriptions",
] as const;

/**
 * What Azure makes up anew each time that the same thing is made, and therefore no part of a comparison:
 * - `etag`: changes with every write.
 * - `createdAt`, `createdOn`, `updatedOn`, `enablementTime`: when a resource was made or last written.
 */
const madeUp = new Set(["etag", "createdAt", "createdOn", "updatedOn", "enablementTime"]);

/**
 * Reads local Azure's own database, past every interface: nothing that stands can hide. Ids that Azure makes up are
 * replaced by whose they are, so that a reference to the wrong one is still a difference:
 * - `resourceGuid` of a network resource, and what names it (`targetResourceGuid` of a flow log);
 * - object id and client id of a managed identity, wherever they stand: in the directory, the identity itself, role
 *   assignments and the gateway that uses it.
 */
export function readAzureStore(dataFolder: string): AzureStore {
  const raw = reading(dataFolder, (database) => tables.map((table) => [table, rowsOf(database, table)] as const));
  const store = Object.fromEntries(raw) as Record<string, Record<string, unknown>>;
  const names = new Map<string, string>();
  nameIdentities(store, names);
  nameGuids(store.resources ?? {}, "", names);
  // A number: the moment from which on a principal is known everywhere.
  for (const key of Object.keys(store.principalReplication ?? {})) (store.principalReplication ?? {})[key] = "a moment";
  return normal(store, names) as AzureStore;
}

/** Resources as they are stored, ETags and all, by key. */
export function readResources(dataFolder: string): Readonly<Record<string, unknown>> {
  return reading(dataFolder, (database) => rowsOf(database, "resources"));
}

/** The operations of local Azure, running and ended. */
export function readOperations(dataFolder: string): StoredOperation[] {
  const rows = reading(dataFolder, (database) => rowsOf(database, "operations"));
  return Object.values(rows) as StoredOperation[];
}

function reading<T>(dataFolder: string, read: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(join(dataFolder, "azure.db"), { readOnly: true });
  try {
    return read(database);
  } finally {
    database.close();
  }
}

function rowsOf(database: DatabaseSync, table: string): Record<string, unknown> {
  const rows = database.prepare(`SELECT key, value FROM ${table} ORDER BY key`).all();
  return Object.fromEntries(rows.map(({ key, value }) => [String(key), JSON.parse(String(value))]));
}

/** An identity is named by the resource whose it is; one whose resource is gone by its own name. */
function nameIdentities(store: Readonly<Record<string, Record<string, unknown>>>, names: Map<string, string>): void {
  const owners = new Map<string, string>();
  for (const [key, resource] of Object.entries(store.resources ?? {})) {
    const { type, body } = resource as { type: string; body: { identity?: object; properties?: object } };
    const told = type === "Microsoft.ManagedIdentity/userAssignedIdentities" ? body.properties : body.identity;
    const { principalId } = (told ?? {}) as { principalId?: string };
    if (principalId !== undefined) owners.set(principalId, key);
  }
  const identities = Object.values(store.principals ?? {}) as Readonly<Record<string, string | undefined>>[];
  for (const { id = "", clientId, displayName, servicePrincipalType } of identities) {
    if (servicePrincipalType !== "ManagedIdentity") continue;
    const owner = owners.get(id) ?? `nothing that stands: ${displayName}`;
    names.set(id, `<object id of ${owner}>`);
    if (clientId !== undefined) names.set(clientId, `<client id of ${owner}>`);
  }
}

function nameGuids(value: unknown, pointer: string, names: Map<string, string>): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === "resourceGuid" && typeof inner === "string" && !names.has(inner)) names.set(inner, `<guid ${pointer}>`);
    nameGuids(inner, `${pointer}/${key}`, names);
  }
}

function normal(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof value === "string") return names.get(value) ?? value;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((inner) => normal(inner, names));
  const kept = Object.entries(value).filter(([key]) => !madeUp.has(key));
  return Object.fromEntries(kept.map(([key, inner]) => [names.get(key) ?? key, normal(inner, names)]));
}
