import { expect, test } from "vitest";
import { parseArmPath, parseExtensionPath } from "../../../shared/azure/arm-id.ts";
import { RefusedError } from "../../../shared/domain/errors.ts";

const group = "/subscriptions/s/resourceGroups/rg";

test("names of a resource group, a resource and a child", () => {
  expect(parseArmPath(group)).toEqual({ subscriptionId: "s", resourceGroup: "rg", parent: "", name: "rg" });
  const network = `${group}/providers/Microsoft.Network/virtualNetworks/vnet`;
  expect(parseArmPath(network)).toMatchObject({ parent: "", name: "vnet" });
  expect(parseArmPath(`${network}/virtualNetworkPeerings/peer`)).toMatchObject({ parent: "vnet", name: "peer" });
});

test("scope and name of what extends a resource, a subscription or the tenant, without the slash that the SDK adds", () => {
  const assignment = "providers/Microsoft.Authorization/roleAssignments/g";
  expect(parseExtensionPath(`${group}/${assignment}`)).toEqual({ scope: group.slice(1), name: "g" });
  expect(parseExtensionPath(`/${assignment}`)).toEqual({ scope: "", name: "g" });
});

test.each(["", "x", "/subscriptions/s", `${group}/providers/A/b/c/d/e/f/g`])("%j is refused", (id) => {
  expect(() => parseArmPath(id)).toThrow(RefusedError);
});
