import { anyPrefixContains } from "../../domain/address-prefix.ts";
import type { Outside } from "./topology.ts";

/** Where an end of a flow is drawn: a subnet, outside, or at the subnet of the other end. */
export type DrawnPlace = { readonly subnet: string } | { readonly outside: Outside } | "beside";

const gatewayWords = new Set(["gateway"]);
const platformWords = new Set([
  "AzureLoadBalancer",
  "GatewayManager",
  "Azure's health probes",
  "Azure's gateway management",
]);
const internalWords = new Set(["hubs and internal networks", "unassigned addresses of the spoke"]);

/** Finds the place of a flow's or a counterexample's end, as answers word it. */
export function placeOfWords(words: string, spokePrefix: string, internalPrefixes: readonly string[]): DrawnPlace {
  const tier = /(?:^|of )tier (\w+)$/.exec(words)?.[1];
  if (tier !== undefined) return { subnet: tier };
  if (gatewayWords.has(words)) return { subnet: "gateway" };
  if (platformWords.has(words) || words === spokePrefix) return "beside";
  if (internalWords.has(words)) return { outside: "internal" };
  const prefixes = words.split(", ").filter((word) => /^[\d.]+\/\d+$/.test(word));
  const internal = prefixes.length > 0 && prefixes.every((prefix) => anyPrefixContains(internalPrefixes, prefix));
  return { outside: internal ? "internal" : "internet" };
}
