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
