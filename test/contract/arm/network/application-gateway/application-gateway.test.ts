import { beforeAll, describe, expect, it } from "vitest";
import { all, expectRefusal, group, networkId, subnetId, useNetwork } from "../network-fixture.ts";
import {
  allowSecrets,
  gatewayId,
  gatewayName,
  identityId,
  makePublicAddress,
  makeSurroundings,
  part,
  policyId,
  putGateway,
} from "./gateway-fixture.ts";

const fixture = useNetwork();
const gateways = () => fixture.client.applicationGateways;

beforeAll(async () => {
  const principal = await makeSurroundings(fixture);
  await allowSecrets(fixture.azure, principal);
  await putGateway(fixture);
});

describe("an Application Gateway", () => {
  it("is read with its parts, each with an ID and with those that name it", async () => {
    const found = await gateways().get(group, gatewayName);
    expect(found).toMatchObject({
      id: gatewayId,
      type: "Microsoft.Network/applicationGateways",
      provisioningState: "Succeeded",
      operationalState: "Running",
      zones: ["1", "2", "3"],
      sku: { name: "WAF_v2", tier: "WAF_v2" },
      autoscaleConfiguration: { minCapacity: 0, maxCapacity: 10 },
      sslPolicy: { policyType: "Predefined", policyName: "AppGwSslPolicy20220101S" },
      defaultPredefinedSslPolicy: "AppGwSslPolicy20220101",
      enableHttp2: true,
      firewallPolicy: { id: policyId },
      gatewayIPConfigurations: [{ ...part("gatewayIPConfigurations", "ip") }],
      frontendPorts: [{ port: 443 }, { port: 80 }],
      probes: [{ path: "/health", interval: 30, timeout: 30, unhealthyThreshold: 3 }],
      backendHttpSettingsCollection: [{ port: 443, requestTimeout: 30, cookieBasedAffinity: "Disabled" }],
      requestRoutingRules: [{ priority: 100 }, { priority: 200 }],
    });
    const { identity } = found;
    expect(identity?.type).toBe("UserAssigned");
    expect(identity?.userAssignedIdentities?.[identityId]?.principalId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("shows in every part which others name it", async () => {
    const { body } = await fixture.azure.request("GET", `${gatewayId}?api-version=2026-01-01`);
    const { properties } = body as { properties: Record<string, { properties: object }[]> };
    const [pool] = properties.backendAddressPools ?? [];
    expect(pool?.properties).toMatchObject({ requestRoutingRules: [part("requestRoutingRules", "web")] });
    const [certificate] = properties.sslCertificates ?? [];
    expect(certificate?.properties).toMatchObject({ httpListeners: [part("httpListeners", "https")] });
    const [probe] = properties.probes ?? [];
    expect(probe?.properties).toMatchObject({ backendHttpSettings: [part("backendHttpSettingsCollection", "tls")] });
  });

  it("is listed and tagged", async () => {
    expect((await all(gateways().list(group))).map(({ name }) => name)).toEqual([gatewayName]);
    expect((await all(gateways().listAll())).map(({ name }) => name)).toEqual([gatewayName]);
    expect((await gateways().updateTags(group, gatewayName, { tags: { a: "b" } })).tags).toEqual({ a: "b" });
  });

  it.each([gatewayId, policyId])("is written back as it was read and stays the same: %s", async (id) => {
    const version = "?api-version=2026-01-01";
    const read = await fixture.azure.request("GET", id + version);
    const written = await fixture.azure.request("PUT", id + version, read.body);
    expect([written.status, written.text]).toEqual([200, expect.any(String)]);
    expect(withoutEtags((await fixture.azure.request("GET", id + version)).body)).toEqual(withoutEtags(read.body));
  });

  it("shows on what it uses, which cannot go before it", async () => {
    const { client } = fixture;
    const subnet = await client.subnets.get(group, "vnet", "gateway");
    expect(subnet.applicationGatewayIPConfigurations).toMatchObject([part("gatewayIPConfigurations", "ip")]);
    const address = await client.publicIPAddresses.get(group, "pip");
    expect(address.ipConfiguration).toMatchObject(part("frontendIPConfigurations", "public"));
    const policy = await client.webApplicationFirewallPolicies.get(group, "waf");
    expect(policy.applicationGateways).toMatchObject([{ id: gatewayId }]);
    await expectRefusal(client.subnets.delete(group, "vnet", "gateway"), 400, "InUseSubnetCannotBeDeleted");
    await expectRefusal(client.publicIPAddresses.delete(group, "pip"), 400, "PublicIPAddressCannotBeDeleted");
    const removal = client.webApplicationFirewallPolicies.delete(group, "waf");
    await expectRefusal(removal, 400, "WebApplicationFirewallPolicyInUse");
  });

  it("keeps its public address to itself", async () => {
    await expectRefusal(putGateway(fixture, {}, "agw-other"), 400, "PublicIPAddressInUse");
    const publicIPAddress = { id: await makePublicAddress(fixture, "pip-other") };
    const own = { frontendIPConfigurations: [{ name: "public", publicIPAddress }] };
    expect((await putGateway(fixture, own, "agw-other")).provisioningState).toBe("Succeeded");
    await gateways().delete(group, "agw-other");
  });

  it("has a private frontend beside the public one, in its subnet", async () => {
    const frontends = (privateIPAddress: string, subnet = "gateway") => [
      { name: "public", publicIPAddress: { id: `${networkId}/publicIPAddresses/pip` } },
      {
        name: "private",
        privateIPAllocationMethod: "Static" as const,
        privateIPAddress,
        subnet: { id: subnetId("vnet", subnet) },
      },
    ];
    const put = (...given: [string, string?]) => putGateway(fixture, { frontendIPConfigurations: frontends(...given) });
    expect((await put("10.0.0.10")).frontendIPConfigurations?.[1]?.privateIPAddress).toBe("10.0.0.10");
    await expectRefusal(put("10.0.0.2"), 400, "PrivateIPAddressInReservedRange");
    await expectRefusal(put("10.0.1.10", "web"), 400, "ApplicationGatewayPrivateFrontendInvalid");
    await putGateway(fixture);
  });

  it("refuses what local Azure does not model", async () => {
    await expectRefusal(gateways().stop(group, gatewayName), 501, "NotImplementedByLocalAzure");
    await expectRefusal(gateways().backendHealth(group, gatewayName), 501, "NotImplementedByLocalAzure");
    const rewriteRuleSets = [{ name: "r", rewriteRules: [] }];
    await expectRefusal(putGateway(fixture, { rewriteRuleSets }), 501, "NotImplementedByLocalAzure");
  });

  it("is deleted, and leaves free what it used", async () => {
    await gateways().delete(group, gatewayName);
    await expectRefusal(gateways().get(group, gatewayName), 404, "ResourceNotFound");
    await fixture.client.publicIPAddresses.delete(group, "pip");
    await fixture.client.webApplicationFirewallPolicies.delete(group, "waf");
    await fixture.client.subnets.delete(group, "vnet", "gateway");
  });
});

function withoutEtags(document: unknown): unknown {
  return JSON.parse(JSON.stringify(document, (key, value) => (key === "etag" ? undefined : value)));
}
