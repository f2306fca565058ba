import {
  anyPrefixContains,
  isPrivatePrefix,
  prefixContains,
  prefixesOverlap,
  prefixLength,
} from "../address-prefix.ts";
import { jsonPointer } from "../json-pointer.ts";
import type { Violation } from "../violation.ts";
import type { ConfigurationParts, PlacedPrefix } from "./configuration-parts.ts";

/** Hubs, internal prefixes and pools lie apart; pools are private and wide enough; bastions lie in management prefixes. */
export function* prefixRules(parts: ConfigurationParts): Generator<Violation> {
  yield* overlapRules([...parts.hubPrefixes, ...parts.internalPrefixes, ...parts.poolPrefixes]);
  yield* poolRules(parts);
  const management = parts.managementPrefixes.map(({ prefix }) => prefix);
  for (const { path, prefix } of parts.bastionPrefixes) {
    if (anyPrefixContains(management, prefix)) continue;
    const message = `${prefix} lies in none of the management prefixes.`;
    yield { pointer: jsonPointer(path), code: "bastion-outside-management", message };
  }
  for (const [index, { firewall }] of parts.hubs.entries()) {
    const hubPrefixes = parts.hubPrefixes.filter(({ path }) => path[1] === index);
    if (!firewall || hubPrefixes.some(({ prefix }) => prefixContains(prefix, firewall.privateIpAddress))) continue;
    const pointer = jsonPointer(["hubs", index, "firewall", "privateIpAddress"]);
    yield {
      pointer,
      code: "firewall-outside-hub",
      message: "The firewall's address lies in none of the hub's prefixes.",
    };
  }
}

function* overlapRules(placed: readonly PlacedPrefix[]): Generator<Violation> {
  for (const [index, { path, prefix }] of placed.entries()) {
    const other = placed.slice(0, index).find((earlier) => prefixesOverlap(earlier.prefix, prefix));
    if (other === undefined) continue;
    const message = `${prefix} overlaps ${other.prefix} at ${jsonPointer(other.path)}.`;
    yield { pointer: jsonPointer(path), code: "prefixes-overlap", message };
  }
}

function* poolRules({ poolPrefixes, single }: ConfigurationParts): Generator<Violation> {
  const length = single.allocatedPrefixLength;
  for (const { path, prefix } of poolPrefixes) {
    const pointer = jsonPointer(path);
    if (!isPrivatePrefix(prefix)) {
      const message = "Must lie in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16 (RFC 1918).";
      yield { pointer, code: "prefix-not-private", message };
    }
    if (length !== undefined && prefixLength(prefix) > length) {
      yield {
        pointer,
        code: "pool-too-small",
        message: `Has no room for a spoke of /${length} (allocatedPrefixLength).`,
      };
    }
  }
}
