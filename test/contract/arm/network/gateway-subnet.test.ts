import { describe, expect, it } from "vitest";
import { networkSecurityGroup } from "../../../../local/arm/network/security-groups/network-security-group.ts";
import { subnet } from "../../../../local/arm/network/virtual-networks/subnet.ts";
import type { Resource } from "../../../../local/arm/resource.ts";
import { parseResourceId, sameId } from "../../../../local/arm/resource-id.ts";
import type { World, WriteContext } from "../../../../local/arm/world.ts";

const base = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network";
const ids = {
  nsg: `${base}/networkSecurityGroups/nsg`,
  subnet: `${base}/virtualNetworks/vnet/subnets/snet-gateway`,
  gateway: `${base}/applicationGateways/agw`,
};

function resource(id: string, properties: Record<string, unknown>): Resource {
  const { type, name } = parseResourceId(id) ?? { type: "", name: "" };
  const body = { location: "westeurope", properties };
  return { id, name, type, body, provisioningState: "Succeeded", etag: "", lastOperation: "" };
}

/** A world in which an Application Gateway of the tier stands in a subnet; the subnet may have the security group. */
function context(id: string, tier: string, associated: boolean): WriteContext {
  const resources = [
    resource(ids.nsg, {}),
    resource(ids.subnet, associated ? { networkSecurityGroup: { id: ids.nsg } } : {}),
    resource(ids.gateway, {
      sku: { tier },
      gatewayIPConfigurations: [{ name: "ip", properties: { subnet: { id: ids.subnet } } }],
    }),
  ];
  const world: Partial<World> = {
    get: (wanted) => resources.find((one) => sameId(one.id, wanted)),
    list: () => [],
    referencesTo: (wanted, type) =>
      resources.filter(
        (one) => (type === undefined || one.type === type) && JSON.stringify(one.body).includes(`"${wanted}"`),
      ),
  };
  const partial: Partial<WriteContext> = {
    id: parseResourceId(id),
    world: world as World,
    apiVersion: "2026-01-01",
    reference: (wanted) => resource(wanted, {}),
  };
  return partial as WriteContext;
}

const code = "ApplicationGatewaySubnetInboundTrafficBlockedByNetworkSecurityGroup";
const group = { location: "westeurope", properties: { securityRules: [] } };
const associated = { properties: { addressPrefix: "10.0.0.0/24", networkSecurityGroup: { id: ids.nsg } } };

describe("a subnet in which a v2 Application Gateway stands (trap 15)", () => {
  it("refuses edits of its security group that cut the gateway off", () => {
    const edit = (tier: string) => () => networkSecurityGroup.put?.checkWhole?.(context(ids.nsg, tier, true), group);
    expect(edit("WAF_v2")).toThrow(expect.objectContaining({ status: 400, code }));
    expect(edit("Standard")).not.toThrow();
  });

  it("refuses to join a security group that cuts the gateway off", () => {
    const join = (tier: string) => () => subnet.put?.prepare(context(ids.subnet, tier, false), associated);
    expect(join("WAF_v2")).toThrow(expect.objectContaining({ status: 400, code }));
    expect(join("Standard")).not.toThrow();
  });

  it("leaves a security group alone that stands elsewhere", () => {
    expect(() => networkSecurityGroup.put?.checkWhole?.(context(ids.nsg, "WAF_v2", false), group)).not.toThrow();
  });
});
