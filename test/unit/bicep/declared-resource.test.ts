import { expect, test } from "vitest";
import { declaredResource } from "../../bicep/declared-resource.ts";

const subscription = "/subscriptions/11111111-1111-1111-1111-111111111111";
const group = `${subscription}/resourceGroups/rg-a`;
const zone =
  "/providers/Microsoft.Network/privateDnsZones/privatelink.blob.core.windows.net/virtualNetworkLinks/link-a";

test.each([
  [`${subscription}/resourcegroups/rg-a`, "subscription", "Microsoft.Resources/resourceGroups", "rg-a"],
  [
    `${group}/providers/Microsoft.Network/virtualNetworks/vnet-a`,
    "resourceGroup",
    "Microsoft.Network/virtualNetworks",
    "vnet-a",
  ],
  [
    group + zone,
    "resourceGroup",
    "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
    "privatelink.blob.core.windows.net/link-a",
  ],
  [`${subscription}/providers/Microsoft.Security/pricings/Arm`, "subscription", "Microsoft.Security/pricings", "Arm"],
  [
    `${group}/providers/Microsoft.KeyVault/vaults/kv/providers/Microsoft.Authorization/roleAssignments/x%20y`,
    "resourceGroup",
    "Microsoft.Authorization/roleAssignments",
    "x y",
  ],
  [
    "/providers/Microsoft.Management/managementGroups/m/providers/Microsoft.Authorization/roleDefinitions/r",
    "managementGroup",
    "Microsoft.Authorization/roleDefinitions",
    "r",
  ],
  ["/providers/Microsoft.Management/managementGroups/m", "tenant", "Microsoft.Management/managementGroups", "m"],
])("%s", (path, targetScope, type, name) => {
  expect(declaredResource(path)).toEqual({ targetScope, type, name });
});

test.each([subscription, `${group}/providers/Microsoft.Network/virtualNetworks`, "/v1.0/users", ""])(
  "%s names no resource",
  (path) => {
    expect(() => declaredResource(path)).toThrow(RangeError);
  },
);
