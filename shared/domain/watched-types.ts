import { tryParseResourceId } from "./resource-id.ts";

/** Types of Microsoft.Network whose writes and deletions change what a spoke lets through, sees or logs. */
export const watchedTypes = [
  "networkInterfaces",
  "networkSecurityGroups",
  "networkSecurityGroups/securityRules",
  "networkWatchers/flowLogs",
  "routeTables",
  "routeTables/routes",
  "virtualNetworks",
  "virtualNetworks/subnets",
  "virtualNetworks/virtualNetworkPeerings",
] as const;

/** One that is written and read with its parent, as a part of it. */
export const partTypes: Readonly<Record<string, string>> = {
  "microsoft.network/networksecuritygroups/securityrules": "securityRules",
  "microsoft.network/routetables/routes": "routes",
  "microsoft.network/virtualnetworks/subnets": "subnets",
};

const watched: ReadonlySet<string> = new Set(watchedTypes.map((type) => `microsoft.network/${type}`.toLowerCase()));

/** Whether resources of a type are watched. */
export function isWatchedType(type: string): boolean {
  return watched.has(type.toLowerCase());
}

/** Whether a resource is one whose changes are watched. */
export function isWatched(resourceId: string): boolean {
  return isWatchedType(tryParseResourceId(resourceId)?.type ?? "");
}
