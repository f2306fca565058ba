import { describe, expect, it } from "vitest";
import {
  childResourceId,
  isResourceId,
  MalformedResourceIdError,
  parseResourceId,
  resourceGroupId,
  resourceId,
  resourceIdKey,
  resourceName,
  sameResourceId,
  subscriptionScope,
  tryParseResourceId,
} from "../../../shared/domain/resource-id.ts";

const subscription = "11111111-1111-1111-1111-111111111111";
const group = resourceGroupId(subscription, "rg-orders");
const network = resourceId(group, "Microsoft.Network/virtualNetworks", "vnet-orders");

describe("building resource ids", () => {
  it("joins scope, type and names", () => {
    expect(group).toBe(`/subscriptions/${subscription}/resourceGroups/rg-orders`);
    expect(network).toBe(`${group}/providers/Microsoft.Network/virtualNetworks/vnet-orders`);
    expect(resourceId(group, "Microsoft.Network/virtualNetworks/subnets", "vnet-orders", "snet-app")).toBe(
      childResourceId(network, "subnets", "snet-app"),
    );
  });

  it("takes subscriptions, the tenant and resources as scopes", () => {
    expect(resourceId("", "Microsoft.Authorization/roleDefinitions", "d")).toBe(
      "/providers/Microsoft.Authorization/roleDefinitions/d",
    );
    expect(resourceId(subscriptionScope(subscription), "Microsoft.Insights/diagnosticSettings", "s")).toBe(
      `/subscriptions/${subscription}/providers/Microsoft.Insights/diagnosticSettings/s`,
    );
    expect(resourceId(network, "Microsoft.Authorization/roleAssignments", "a")).toBe(
      `${network}/providers/Microsoft.Authorization/roleAssignments/a`,
    );
  });

  it.each(["a/b", "..", ".", "", "a?b", "a#b", "a\\b", "a%2fb", "a\0", "a\nb", "\ud800", "x".repeat(261)])(
    "refuses the segment %j",
    (name) => {
      expect(() => resourceGroupId(subscription, name)).toThrow(MalformedResourceIdError);
      expect(() => resourceId(group, "Microsoft.Network/virtualNetworks", name)).toThrow(MalformedResourceIdError);
      expect(() => childResourceId(network, "subnets", name)).toThrow(MalformedResourceIdError);
    },
  );

  it("refuses scopes that are none, and names that do not match the type", () => {
    for (const scope of ["subscriptions/a", "/subscriptions", "/a/b/c", `${group}/../x`, `${group}?x`]) {
      expect(() => resourceId(scope, "Microsoft.Network/virtualNetworks", "v")).toThrow(MalformedResourceIdError);
    }
    expect(() => resourceId(group, "Microsoft.Network/virtualNetworks/subnets", "v")).toThrow(MalformedResourceIdError);
    expect(() => resourceId(group, "Microsoft.Network")).toThrow(MalformedResourceIdError);
  });
});

describe("parsing resource ids", () => {
  it("takes a child resource apart", () => {
    expect(parseResourceId(`${network}/subnets/snet-app`)).toEqual({
      id: `${network}/subnets/snet-app`,
      subscriptionId: subscription,
      resourceGroup: "rg-orders",
      type: "Microsoft.Network/virtualNetworks/subnets",
      names: ["vnet-orders", "snet-app"],
      name: "snet-app",
      parentId: network,
    });
    expect(parseResourceId(network).parentId).toBe(group);
  });

  it("takes resource groups, extension resources and tenant resources apart", () => {
    expect(parseResourceId(group)).toMatchObject({
      type: "Microsoft.Resources/resourceGroups",
      name: "rg-orders",
      parentId: `/subscriptions/${subscription}`,
    });
    expect(parseResourceId(`${network}/providers/Microsoft.Authorization/roleAssignments/a`)).toMatchObject({
      type: "Microsoft.Authorization/roleAssignments",
      resourceGroup: "rg-orders",
      parentId: network,
    });
    expect(parseResourceId("/providers/Microsoft.Authorization/roleDefinitions/d")).toMatchObject({
      subscriptionId: null,
      resourceGroup: null,
      parentId: "",
    });
  });

  it("understands segments in any case, a doubled slash before and one behind", () => {
    const odd = `/${network.replace("resourceGroups", "RESOURCEGROUPS")}/`;
    expect(parseResourceId(odd)).toMatchObject({ resourceGroup: "rg-orders", name: "vnet-orders" });
    expect(resourceName(odd)).toBe("vnet-orders");
  });

  it.each([
    "",
    "/",
    "vnet-orders",
    `/subscriptions/${subscription}`,
    `${group}/providers/Microsoft.Network`,
    `${group}/providers/Microsoft.Network/virtualNetworks`,
    `${group}/providers/Microsoft.Network/virtualNetworks/a/subnets`,
    `${group}/x/providers/Microsoft.Network/virtualNetworks/a`,
    `${network}/subnets/..`,
    `${network}?api-version=1`,
    "/providers".repeat(100_000),
  ])("refuses %j", (text) => {
    expect(tryParseResourceId(text)).toBeNull();
    expect(() => parseResourceId(text)).toThrow(MalformedResourceIdError);
  });

  it("checks the type without regard to case", () => {
    expect(isResourceId(network, "microsoft.network/VirtualNetworks")).toBe(true);
    expect(isResourceId(network, "Microsoft.Network/ipGroups")).toBe(false);
    expect(isResourceId(network)).toBe(true);
    expect(isResourceId("vnet")).toBe(false);
  });
});

it("compares resource ids without regard to case", () => {
  expect(sameResourceId(network, network.toUpperCase())).toBe(true);
  expect(sameResourceId(network, `/${network}/`)).toBe(true);
  expect(sameResourceId(network, `${network}2`)).toBe(false);
  expect(new Set([resourceIdKey(network), resourceIdKey(network.toLowerCase())]).size).toBe(1);
});
