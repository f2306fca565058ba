/** Namespaces whose registration local Azure keeps, also where it models no type of them. */
export const knownNamespaces: readonly string[] = [
  "Microsoft.Authorization",
  "Microsoft.Compute",
  "Microsoft.EventGrid",
  "Microsoft.Insights",
  "Microsoft.KeyVault",
  "Microsoft.ManagedIdentity",
  "Microsoft.Network",
  "Microsoft.OperationalInsights",
  "Microsoft.ResourceGraph",
  "Microsoft.Resources",
  "Microsoft.Security",
  "Microsoft.Storage",
  "Microsoft.Web",
];

/** Namespaces that need no registration. */
export const alwaysRegistered: readonly string[] = ["Microsoft.Authorization", "Microsoft.Resources"];
