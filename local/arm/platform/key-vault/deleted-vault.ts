import type { ResourceType } from "../../resource-type.ts";

/** A vault that was deleted and not purged: its name stays taken, and it can be recovered. */
export const deletedVault: ResourceType = {
  type: "Microsoft.KeyVault/locations/deletedVaults",
  scope: "subscription",
  apiVersions: ["2022-07-01", "2023-07-01", "2024-11-01"],
  virtualParent: true,
  provisioningState: false,
  view: (document) => {
    const { recoverable: _recoverable, ...shown } = document.properties;
    return { ...document, properties: shown };
  },
};

/** The id of what a deleted vault leaves behind. */
export function deletedVaultId(subscriptionId: string, location: string, name: string): string {
  return `/subscriptions/${subscriptionId}/providers/Microsoft.KeyVault/locations/${location}/deletedVaults/${name}`;
}
