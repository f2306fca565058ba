import type { Subnet } from "@azure/arm-network";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { expectRefusal, group, location, networkId, rule, subnetId, useNetwork } from "../network-fixture.ts";
import { allowSecrets, gatewayName, makePublicAddress, makeSurroundings, part, putGateway } from "./gateway-fixture.ts";

const fixture = useNetwork();
let next = 10;

beforeAll(async () => allowSecrets(fixture.azure, await makeSurroundings(fixture)));
beforeEach(async () => {
  await fixture.client.applicationGateways.delete(group, gatewayName);
});

/** Makes a subnet of its own for one test and gives what puts the gateway into it. */
async function into(members: Subnet, name?: string) {
  next += 1;
  const subnet = name ?? `gateway-${next}`;
  await fixture.client.subnets.createOrUpdate(group, "vnet", subnet, {
    addressPrefix: `10.0.${next}.0/24`,
    ...members,
  });
  return { gatewayIPConfigurations: [{ name: "ip", subnet: { id: subnetId("vnet", subnet) } }] };
}

describe("the subnet of an Application Gateway", () => {
  it("holds nothing else", async () => {
    const ip = await into({});
    await fixture.client.networkInterfaces.createOrUpdate(group, "nic-in-gateway", {
      location,
      ipConfigurations: [{ name: "ip", subnet: ip.gatewayIPConfigurations[0]?.subnet }],
    });
    await expectRefusal(putGateway(fixture, ip), 400, "ApplicationGatewaySubnetCannotBeUsed");
    await fixture.client.networkInterfaces.delete(group, "nic-in-gateway");
    await putGateway(fixture, ip);
  });

  it("is shared with other gateways", async () => {
    const publicIPAddress = { id: await makePublicAddress(fixture, "pip-second") };
    await putGateway(fixture);
    await putGateway(fixture, { frontendIPConfigurations: [{ name: "public", publicIPAddress }] }, "agw-second");
    await fixture.client.applicationGateways.delete(group, "agw-second");
  });

  it("is delegated to no other service, nor reserved for one", async () => {
    const delegations = (serviceName: string) => ({ delegations: [{ name: "d", serviceName }] });
    const web = await into(delegations("Microsoft.Web/serverFarms"));
    await expectRefusal(putGateway(fixture, web), 400, "ApplicationGatewaySubnetCannotBeUsed");
    const reserved = await into({}, "GatewaySubnet");
    await expectRefusal(putGateway(fixture, reserved), 400, "ApplicationGatewaySubnetCannotBeUsed");
    await putGateway(fixture, await into(delegations("Microsoft.Network/applicationGateways")));
  });

  it("has room for every instance", async () => {
    const ip = await into({ addressPrefix: "10.0.200.0/28" });
    const size = (capacity: number) => ({
      ...ip,
      sku: { name: "WAF_v2" as const, tier: "WAF_v2" as const, capacity },
      autoscaleConfiguration: undefined,
    });
    await expectRefusal(putGateway(fixture, size(12)), 400, "SubnetIsFull");
    await putGateway(fixture, size(11));
  });

  it("has a security group that lets management and probes in (trap 15)", async () => {
    const { client } = fixture;
    const closed = await client.networkSecurityGroups.createOrUpdate(group, "nsg-closed", {
      location,
      securityRules: [rule("DenyAll", 4096, { protocol: "*", access: "Deny", destinationPortRange: "*" })],
    });
    const ip = await into({ networkSecurityGroup: { id: closed.id ?? "" } });
    const code = "ApplicationGatewaySubnetInboundTrafficBlockedByNetworkSecurityGroup";
    await expectRefusal(putGateway(fixture, ip), 400, code);
    await putGateway(fixture);
    const shut = rule("AllowGatewayManager", 100, { access: "Deny", sourceAddressPrefix: "GatewayManager" });
    const edit = client.securityRules.createOrUpdate(group, "nsg-gateway", "AllowGatewayManager", {
      ...shut,
      destinationPortRange: "65200-65535",
    });
    await expectRefusal(edit, 400, code);
  });

  it("has no default route but to the Internet (trap 16)", async () => {
    const { client } = fixture;
    const route = (name: string, members: object) =>
      client.routeTables.createOrUpdate(group, name, {
        location,
        routes: [{ name: "default", addressPrefix: "0.0.0.0/0", nextHopType: "Internet", ...members }],
      });
    const appliance = { nextHopType: "VirtualAppliance", nextHopIpAddress: "10.1.0.4" };
    const diverted = await route("rt-firewall", appliance);
    const ip = await into({ routeTable: { id: diverted.id ?? "" } });
    await expectRefusal(putGateway(fixture, ip), 400, "ApplicationGatewaySubnetUserDefinedRouteNotAllowed");
    await route("rt-firewall", { ...appliance, addressPrefix: "10.2.0.0/16" });
    await putGateway(fixture, ip);
    await fixture.client.applicationGateways.delete(group, gatewayName);
    await route("rt-firewall", {});
    await putGateway(fixture, ip);
  });

  it("stays the same", async () => {
    await putGateway(fixture);
    await expectRefusal(putGateway(fixture, await into({})), 400, "ApplicationGatewaySubnetCannotBeChanged");
  });
});

describe("a backend pool of an Application Gateway", () => {
  const join = (pool: string, name = "nic", members: object = {}) =>
    fixture.client.networkInterfaces.createOrUpdate(group, name, {
      location,
      ipConfigurations: [
        {
          name: "ip",
          subnet: { id: subnetId("vnet", "web") },
          applicationGatewayBackendAddressPools: [part("backendAddressPools", pool)],
        },
      ],
      ...members,
    });

  it("is joined by network interfaces, and shows them", async () => {
    await putGateway(fixture);
    const nic = await join("web");
    expect(nic.ipConfigurations?.[0]?.applicationGatewayBackendAddressPools).toMatchObject([
      part("backendAddressPools", "web"),
    ]);
    const found = await fixture.client.applicationGateways.get(group, gatewayName);
    expect(found.backendAddressPools?.[0]?.backendIPConfigurations).toMatchObject([
      { id: `${networkId}/networkInterfaces/nic/ipConfigurations/ip` },
    ]);
    await expectRefusal(join("none"), 400, "InvalidResourceReference");
    await expectRefusal(
      fixture.client.applicationGateways.delete(group, gatewayName),
      400,
      "ApplicationGatewayBackendAddressPoolInUse",
    );
    await fixture.client.networkInterfaces.delete(group, "nic");
    await fixture.client.applicationGateways.delete(group, gatewayName);
  });
});
