/** The resource providers that are registered in every subscription of local Azure. */
export const registeredNamespaces: readonly string[] = [
  "Microsoft.Network",
  "Microsoft.Insights",
  "Microsoft.Security",
  "Microsoft.Authorization",
  "Microsoft.Storage",
  "Microsoft.ManagedIdentity",
  "Microsoft.OperationalInsights",
  "Microsoft.EventGrid",
  "Microsoft.KeyVault",
  "Microsoft.Compute",
];
