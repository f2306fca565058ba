import { describe, expect, test } from "vitest";
import { contractRequest, platform, requestWith, resourceOf, stateOf } from "./example.ts";

const codes = (of: ReturnType<typeof stateOf>) => of.findings.map((finding) => finding.code);
const state = stateOf(contractRequest);
const network =
  "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-orders-prod/providers/Microsoft.Network";

describe("topologies and sizes", () => {
  test("standalone: no peering, no route, no firewall; nothing gets out unless the platform gives a NAT gateway", () => {
    const body = requestWith({ topology: "standalone", outboundAccess: [] });
    const alone = stateOf(body);
    expect(
      alone.resources.filter((r) => /Peerings|routeTables|ipGroups|ruleCollection|natGateways/.test(r.type)),
    ).toEqual([]);
    expect(codes(alone)).toContain("NoWayOut");
    const withNat = stateOf(body, {}, { ...platform, standaloneNatGateway: true });
    expect(codes(withNat)).not.toContain("NoWayOut");
    const subnets = resourceOf(withNat, "Microsoft.Network/virtualNetworks").body.subnets;
    expect(subnets.map((subnet) => subnet.natGatewayId?.split("/").at(-1) ?? null)).toEqual([
      ...Array(3).fill("nat-orders-prod"),
      null,
    ]);
  });

  test.each([2, 5, 12])("%i tiers: an NSG, an ASG and a subnet each, and the gateway's", (count) => {
    const tiers = Array.from({ length: count }, (_, index) => ({
      name: `tier${index}`,
      port: 8000 + index,
      loadBalanced: true,
    }));
    const many = stateOf(requestWith({ managementAccess: [], outboundAccess: [] }, { tiers, flows: [] }));
    const ofType = (type: string) => many.resources.filter((resource) => resource.type === type).length;
    expect(ofType("Microsoft.Network/networkSecurityGroups")).toBe(count + 1);
    expect(ofType("Microsoft.Network/applicationSecurityGroups")).toBe(count);
    expect(resourceOf(many, "Microsoft.Network/virtualNetworks").body.subnets).toHaveLength(count + 1);
  });

  test("behind a hub without firewall nothing gets out either, except where its gateway routes", () => {
    const hubs = (useRemoteGateways: boolean) => ({
      ...platform,
      hubs: platform.hubs.map((hub) => ({ ...hub, firewall: null, useRemoteGateways })),
    });
    const message = (useRemoteGateways: boolean) =>
      stateOf(requestWith({ outboundAccess: [] }), {}, hubs(useRemoteGateways)).findings.find(
        (finding) => finding.code === "NoWayOut",
      )?.message;
    expect(message(false)).toContain("neither a firewall nor a gateway");
    expect(message(true)).toContain("except where the hub's gateway has a route");
    expect(codes(state)).not.toContain("NoWayOut");
  });

  test("address ranges of others: in the spoke's network, and of networks that overlap the spoke", () => {
    const own = { id: `${network}/virtualNetworks/VNET-orders-prod`, tags: {} };
    const other = { id: `${network}/virtualNetworks/vnet-other`, tags: {} };
    const findings = stateOf(contractRequest, {
      virtualNetworks: [
        { ...own, addressPrefixes: ["10.20.0.0/22", "10.250.0.0/24"] },
        { ...other, addressPrefixes: ["10.20.3.0/24", "10.21.0.0/16", "fd00::/48"] },
      ],
    }).findings.filter((finding) => /AddressRange/.test(finding.code));
    expect(findings.map(({ code, severity }) => [code, severity])).toEqual([
      ["ForeignAddressRange", "high"],
      ["AddressRangeOverlapsNetwork", "medium"],
    ]);
    expect(findings[0]?.message).toContain("10.250.0.0/24");
    expect(findings[1]).toMatchObject({ resourceId: other.id, message: expect.stringContaining("10.20.3.0/24") });
  });

  test("subnets of former tiers are to go where they stand as they were; one of others' making stays", () => {
    const stands = (name: string, addressPrefix: string) => ({ name, addressPrefix, networkSecurityGroupId: null });
    const subnets = [stands("snet-gone", "10.20.0.192/26"), stands("snet-past", "10.20.2.0/26")];
    const found = stateOf(contractRequest, { subnets }, platform, ["gone", "past"]);
    expect(found.design.retiredSubnets).toEqual(["snet-gone"]);
    expect(
      found.findings.filter(({ code }) => code === "ForeignSubnetWithoutNetworkSecurityGroup").map((f) => f.resourceId),
    ).toEqual([`${network}/virtualNetworks/vnet-orders-prod/subnets/snet-past`]);
  });

  test("a gateway subnet below /24 is a finding", () => {
    expect(codes(stateOf(requestWith({ addressPrefix: "10.20.0.0/23" })))).toContain("GatewaySubnetSmall");
    expect(codes(state)).not.toContain("GatewaySubnetSmall");
  });
});
