import { notModelled } from "../../errors/request-errors.ts";
import { isJsonObject, type JsonObject } from "../../json.ts";
import type { Resource, ResourceBody, ResourceDocument } from "../../resource.ts";
import type { ResourceType } from "../../resource-type.ts";
import type { World, WriteContext } from "../../world.ts";
import { envelope, patchedProperties, patchedTags } from "../envelope.ts";
import { invalidStorageProperty, storagePropertyImmutable } from "../platform-errors.ts";
import { storageAccountKeys } from "./storage-account-keys.ts";
import { checkAccountName, storageAccountType, storageApiVersions } from "./storage-account-name.ts";
import {
  parseStorageAccountProperties,
  type StorageAccountProperties,
  storageAccountDefaults,
} from "./storage-account-properties.ts";
import { checkNetworkRules } from "./storage-network-rules.ts";
import { parseSkuAndKind, redundancyFamily } from "./storage-sku.ts";

/** Beside location, tags and properties a storage account has these. */
const handled = ["sku", "kind"];
const what = "storage accounts";
/** A storage account: the part of Azure Resource Manager, without the data in it. */
export const storageAccount: ResourceType = {
  type: storageAccountType,
  scope: "resourceGroup",
  apiVersions: storageApiVersions,
  location: "required",
  tags: true,
  list: { by: ["resourceGroup", "subscription"] },
  put: {
    operationName: "PutStorageAccountOperation",
    longRunning: "location",
    seconds: { create: 20, update: 0 },
    status: { create: 202, update: 200 },
    prepare,
  },
  patch: {
    prepare: (context, patch, existing) => {
      const tags = patchedTags(what, patch, handled);
      return merge(context, { ...existing, ...tags }, { ...patch, properties: patchedProperties(patch) });
    },
  },
  remove: {},
  actions: {
    // Keys are listed whether or not the account accepts them: the data plane refuses them, not Resource Manager.
    listKeys: { invoke: ({ resource }) => ({ body: { keys: storageAccountKeys(resource) } }) },
  },
  view,
};

function prepare(context: WriteContext, body: ResourceBody): ResourceBody {
  const place = envelope(what, body, handled);
  if (context.existing !== undefined) return merge(context, { ...context.existing.body, ...place }, body);
  checkAccountName(context);
  if (body.sku === undefined) throw invalidStorageProperty("sku", "The account's sku is missing.");
  if (body.kind === undefined) throw invalidStorageProperty("kind", "The account's kind is missing.");
  const given = parseStorageAccountProperties(body.properties);
  checkNetworkRules(context, given);
  const created = context.world.now.toISOString();
  const defaults = storageAccountDefaults(context.world.now);
  return {
    ...place,
    ...parseSkuAndKind(body),
    properties: {
      ...combine(defaults, given),
      creationTime: created,
      keyCreationTime: { key1: created, key2: created },
    },
  };
}

/** A PUT on a standing account works as a PATCH: what it does not mention stays. */
function merge(
  context: WriteContext,
  existing: ResourceBody,
  change: JsonObject & { properties: JsonObject },
): ResourceBody {
  const given = parseStorageAccountProperties(change.properties);
  checkNetworkRules(context, given);
  refuseSettled(existing, given);
  const changed = parseSkuAndKind(change);
  if (changed.kind !== undefined && changed.kind !== existing.kind)
    throw notModelled("a change of a storage account's kind");
  if (changed.sku !== undefined && redundancyFamily(changed.sku) !== redundancyFamily(existing.sku)) {
    throw notModelled("a conversion between redundancy families of a storage account");
  }
  return { ...existing, ...changed, properties: combine(existing.properties, given) };
}

function refuseSettled(existing: ResourceBody, given: StorageAccountProperties): void {
  const encryption = isJsonObject(existing.properties.encryption) ? existing.properties.encryption : {};
  const settled: readonly [string, unknown, unknown][] = [
    ["isHnsEnabled", existing.properties.isHnsEnabled, given.isHnsEnabled],
    [
      "requireInfrastructureEncryption",
      encryption.requireInfrastructureEncryption,
      given.encryption?.requireInfrastructureEncryption,
    ],
  ];
  for (const [name, before, after] of settled) {
    if (after !== undefined && after !== (before ?? false)) throw storagePropertyImmutable(name);
  }
}

function combine(before: JsonObject, given: StorageAccountProperties): JsonObject {
  const encryption = given.encryption === undefined ? {} : { encryption: deepen(before.encryption, given.encryption) };
  return { ...before, ...given, ...encryption };
}

function deepen(before: unknown, given: JsonObject): JsonObject {
  const base = isJsonObject(before) ? before : {};
  const services = {
    ...(isJsonObject(base.services) ? base.services : {}),
    ...(isJsonObject(given.services) ? given.services : {}),
  };
  return { ...base, ...given, services };
}

/** Blobs and queues answer at local Azure's own address, where there is storage behind it. */
function view(document: ResourceDocument, _resource: Resource, world: World): ResourceDocument {
  const endpoint = (service: string): string => `https://${document.name}.${service}.${world.cloud.storageSuffix}/`;
  return {
    ...document,
    properties: {
      ...document.properties,
      primaryEndpoints: {
        blob: world.dataAddress(document.name, "blob") ?? endpoint("blob"),
        dfs: endpoint("dfs"),
        file: endpoint("file"),
        queue: world.dataAddress(document.name, "queue") ?? endpoint("queue"),
        table: endpoint("table"),
      },
      primaryLocation: document.location,
      privateEndpointConnections: [],
      statusOfPrimary: "available",
    },
  };
}
