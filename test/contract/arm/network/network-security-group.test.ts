import { describe, expect, it } from "vitest";
import {
  all,
  expectRefusal,
  group,
  location,
  makeNetwork,
  networkId,
  rule,
  subnetId,
  useNetwork,
} from "./network-fixture.ts";

const fixture = useNetwork();
const groups = () => fixture.client.networkSecurityGroups;

describe("network security groups", () => {
  it("are created, read, listed, tagged and deleted", async () => {
    const created = await groups().createOrUpdate(group, "nsg-life", { location, securityRules: [rule("a", 100)] });
    expect(created).toMatchObject({
      name: "nsg-life",
      type: "Microsoft.Network/networkSecurityGroups",
      location,
      provisioningState: "Succeeded",
      securityRules: [{ name: "a", priority: 100, sourceAddressPrefixes: [], destinationPortRanges: [] }],
    });
    expect(created.etag).toMatch(/^W\/"/);
    expect(created.securityRules?.[0]?.id).toBe(`${networkId}/networkSecurityGroups/nsg-life/securityRules/a`);
    expect((await all(groups().list(group))).map(({ name }) => name)).toContain("nsg-life");
    expect((await all(groups().listAll())).map(({ name }) => name)).toContain("nsg-life");
    const tagged = await groups().updateTags(group, "nsg-life", { tags: { owner: "orders" } });
    expect(tagged).toMatchObject({ tags: { owner: "orders" }, securityRules: [{ name: "a" }] });
    await groups().delete(group, "nsg-life");
    await expectRefusal(groups().get(group, "nsg-life"), 404, "ResourceNotFound");
  });

  it("have the six default rules, which nobody can write", async () => {
    await groups().createOrUpdate(group, "nsg-default", { location });
    const rules = await all(fixture.client.defaultSecurityRules.list(group, "nsg-default"));
    expect(rules.map(({ name, priority, direction, access }) => [name, priority, direction, access])).toEqual([
      ["AllowVnetInBound", 65000, "Inbound", "Allow"],
      ["AllowAzureLoadBalancerInBound", 65001, "Inbound", "Allow"],
      ["DenyAllInBound", 65500, "Inbound", "Deny"],
      ["AllowVnetOutBound", 65000, "Outbound", "Allow"],
      ["AllowInternetOutBound", 65001, "Outbound", "Allow"],
      ["DenyAllOutBound", 65500, "Outbound", "Deny"],
    ]);
    expect(await fixture.client.defaultSecurityRules.get(group, "nsg-default", "DenyAllInBound")).toMatchObject({
      protocol: "*",
      sourceAddressPrefix: "*",
      destinationPortRange: "*",
    });
    const url = `${networkId}/networkSecurityGroups/nsg-default/defaultSecurityRules/DenyAllInBound?api-version=2026-01-01`;
    const answer = await fixture.azure.request("PUT", url, { properties: {} });
    expect(answer.status).toBeGreaterThanOrEqual(400);
  });

  it("lose the rules that a PUT does not repeat, and keep the GUID", async () => {
    const before = await groups().createOrUpdate(group, "nsg-put", {
      location,
      securityRules: [rule("a", 100), rule("b", 110)],
    });
    const after = await groups().createOrUpdate(group, "nsg-put", { location, securityRules: [rule("b", 120)] });
    expect(after.securityRules?.map(({ name, priority }) => [name, priority])).toEqual([["b", 120]]);
    expect(after.resourceGuid).toBe(before.resourceGuid);
    expect(after.etag).not.toBe(before.etag);
  });

  it("accept what was read when it is written back", async () => {
    await groups().createOrUpdate(group, "nsg-round", { location, securityRules: [rule("a", 100)] });
    const read = await fixture.azure.request(
      "GET",
      `${networkId}/networkSecurityGroups/nsg-round?api-version=2026-01-01`,
    );
    const written = await fixture.azure.request(
      "PUT",
      `${networkId}/networkSecurityGroups/nsg-round?api-version=2026-01-01`,
      read.body,
    );
    expect(written.status).toBe(200);
  });

  it("refuse a stale If-Match with 412", async () => {
    const { etag } = await groups().createOrUpdate(group, "nsg-etag", { location });
    const ifMatch = (value: string) => ({ requestOptions: { headers: { "If-Match": value } } });
    await groups().createOrUpdate(group, "nsg-etag", { location }, ifMatch(etag ?? ""));
    await expectRefusal(
      groups().createOrUpdate(group, "nsg-etag", { location }, ifMatch(etag ?? "")),
      412,
      "PreconditionFailed",
    );
  });

  it("cannot be deleted while a subnet or an interface uses them", async () => {
    const nsg = await groups().createOrUpdate(group, "nsg-used", { location });
    await makeNetwork(fixture.client, "vnet-used", "10.0.0.0/24", { a: "10.0.0.0/26" });
    await fixture.client.subnets.createOrUpdate(group, "vnet-used", "a", {
      addressPrefix: "10.0.0.0/26",
      networkSecurityGroup: { id: nsg.id ?? "" },
    });
    expect((await groups().get(group, "nsg-used")).subnets).toMatchObject([{ id: subnetId("vnet-used", "a") }]);
    await expectRefusal(groups().delete(group, "nsg-used"), 400, "InUseNetworkSecurityGroupCannotBeDeleted");
    await fixture.client.subnets.createOrUpdate(group, "vnet-used", "a", { addressPrefix: "10.0.0.0/26" });
    await groups().delete(group, "nsg-used");
  });

  it("refuse members that Azure does not know, and names and places that it does not take", async () => {
    const path = `${networkId}/networkSecurityGroups/nsg-odd?api-version=2026-01-01`;
    expect(await fixture.azure.request("PUT", path, { location, properties: { rules: [] } })).toMatchObject({
      status: 400,
      body: { error: { code: "InvalidRequestFormat" } },
    });
    await expectRefusal(groups().createOrUpdate(group, "-bad", { location }), 400, "InvalidResourceName");
    await expectRefusal(groups().createOrUpdate("rg-none", "nsg", { location }), 404, "ResourceGroupNotFound");
    await groups().createOrUpdate(group, "nsg-here", { location });
    await expectRefusal(
      groups().createOrUpdate(group, "nsg-here", { location: "northeurope" }),
      409,
      "InvalidResourceLocation",
    );
  });
});
