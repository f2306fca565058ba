import * as z from "zod";
import { isCanonicalIpv4Prefix } from "../address-prefix.ts";
import { guid, locationName } from "../field-schemas.ts";
import { configurationFields, hubFields } from "../platform-configuration-schema.ts";
import { elementParts, fieldOf, matchingElements, type Parts, partsOf } from "../well-formed-parts.ts";

/** A well-formed prefix of the configuration, and where it stands. */
export interface PlacedPrefix {
  readonly path: readonly (string | number)[];
  readonly prefix: string;
}

type Elements = readonly (string | undefined)[];

/** The well-formed parts of a configuration; undefined is malformed or missing. */
export interface ConfigurationParts {
  readonly locations: Elements;
  readonly subscriptionIds: Elements;
  readonly accessBindings: readonly {
    readonly subscriptionIds: Elements;
    readonly networkManagersGroupIds: Elements;
  }[];
  readonly hubs: readonly Parts<typeof hubFields>[];
  readonly hubPrefixes: readonly PlacedPrefix[];
  readonly internalPrefixes: readonly PlacedPrefix[];
  readonly managementPrefixes: readonly PlacedPrefix[];
  readonly bastionPrefixes: readonly PlacedPrefix[];
  readonly poolPrefixes: readonly PlacedPrefix[];
  readonly poolLocations: readonly string[];
  readonly dnsServers: Elements;
  readonly storageLocations: readonly string[] | undefined;
  readonly single: Parts<Pick<typeof configurationFields, "allocatedPrefixLength">>;
}

const { allocatedPrefixLength } = configurationFields;
const canonicalPrefix = z.string().refine(isCanonicalIpv4Prefix);

/** Reads what is well-formed of a configuration. */
export function configurationParts(document: unknown): ConfigurationParts {
  const hubs = listIn(document, "hubs");
  const pools = fieldOf(document, "addressPools");
  const storage = fieldOf(fieldOf(document, "flowLogs"), "storageAccountIds");
  return {
    locations: matchingElements(locationName, fieldOf(document, "locations")),
    subscriptionIds: matchingElements(guid, fieldOf(document, "subscriptionIds")),
    accessBindings: listIn(document, "accessBindings").map((binding) => ({
      subscriptionIds: matchingElements(guid, fieldOf(binding, "subscriptionIds")),
      networkManagersGroupIds: matchingElements(guid, fieldOf(binding, "networkManagersGroupIds")),
    })),
    hubs: elementParts(hubFields, hubs) ?? [],
    hubPrefixes: hubs.flatMap((hub, index) =>
      prefixes(["hubs", index, "addressPrefixes"], fieldOf(hub, "addressPrefixes")),
    ),
    internalPrefixes: prefixes(["internalPrefixes"], fieldOf(document, "internalPrefixes")),
    managementPrefixes: prefixes(["managementPrefixes"], fieldOf(document, "managementPrefixes")),
    bastionPrefixes: prefixes(["bastionPrefixes"], fieldOf(document, "bastionPrefixes")),
    poolPrefixes: keysOf(pools).flatMap((key) => {
      const pool = fieldOf(pools, key);
      const ofIpam = prefixes(["addressPools", key, "addressPrefixes"], fieldOf(pool, "addressPrefixes"));
      return [...prefixes(["addressPools", key], pool), ...ofIpam];
    }),
    poolLocations: keysOf(pools),
    dnsServers: matchingElements(z.string(), fieldOf(document, "dnsServers")),
    storageLocations: typeof storage === "object" && storage !== null ? keysOf(storage) : undefined,
    single: partsOf({ allocatedPrefixLength }, document),
  };
}

function prefixes(path: readonly (string | number)[], list: unknown): PlacedPrefix[] {
  return matchingElements(canonicalPrefix, list).flatMap((prefix, index) =>
    prefix === undefined ? [] : [{ path: [...path, index], prefix }],
  );
}

function listIn(document: unknown, key: string): readonly unknown[] {
  const list = fieldOf(document, key);
  return Array.isArray(list) ? list : [];
}

function keysOf(value: unknown): string[] {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
}
