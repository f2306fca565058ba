import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AzurePorts } from "../../../shared/azure/ports.ts";
import { RefusedError } from "../../../shared/domain/errors.ts";
import type { FirewallApplicationRuleBody, FirewallNetworkRuleBody } from "../../../shared/domain/resource.ts";
import { type LocalAzure, startLocalAzure } from "../arm/local-azure.ts";
import { desired, location, networkId, newResourceGroup, portsFor } from "./ports-under-test.ts";

let azure: LocalAzure;
let ports: AzurePorts;

beforeAll(async () => {
  azure = await startLocalAzure();
  ports = portsFor(azure);
});
afterAll(() => azure.stop());

describe("IP group", () => {
  const type = "Microsoft.Network/ipGroups";
  const members = async (group: string) =>
    (await azure.network().ipGroups.get(group, "ipg-spokes")).ipAddresses?.sort();
  const membership = (id: string, prefixes: readonly string[], retired?: readonly string[]) =>
    desired(type, id, { location, ipAddresses: prefixes }, retired);

  test("a spoke joins and leaves, the others stay", async () => {
    const group = await newResourceGroup(ports);
    const id = networkId(group, "ipGroups", "ipg-spokes");
    const port = ports.resources[type];
    const orders = membership(id, ["10.20.0.0/22"]);
    expect(await port.observe(orders)).toBeNull();
    await port.write(orders, null);
    expect((await port.observe(orders))?.body).toEqual(orders.body);
    await port.write(membership(id, ["10.24.0.0/22"]), null);
    expect(await members(group)).toEqual(["10.20.0.0/22", "10.24.0.0/22"]);

    await port.write(membership(id, ["10.28.0.0/22"], ["10.20.0.0/22"]), null);
    expect(await members(group)).toEqual(["10.24.0.0/22", "10.28.0.0/22"]);
  });

  // Two that make the group at the same moment could overwrite one another: turns keep them apart (test/contract/reconcile).
  test("twelve spokes that join a standing group at once are all in it", async () => {
    const group = await newResourceGroup(ports);
    const id = networkId(group, "ipGroups", "ipg-spokes");
    const prefixes = Array.from({ length: 12 }, (_, index) => `10.${30 + index}.0.0/22`);
    await ports.resources[type].write(membership(id, prefixes.slice(0, 1)), null);
    await Promise.all(prefixes.map((prefix) => ports.resources[type].write(membership(id, [prefix]), null)));
    expect(await members(group)).toEqual(prefixes);
  });

  test("is never removed as a whole", async () => {
    const id = networkId(await newResourceGroup(ports), "ipGroups", "ipg-spokes");
    await ports.resources[type].write(membership(id, ["10.20.0.0/22"]), null);
    await expect(ports.resources[type].remove(id)).rejects.toThrow(RefusedError);
    expect(await ports.resources[type].observe(membership(id, []))).not.toBeNull();
  });
});

describe("rule collection group of a firewall policy", () => {
  const type = "Microsoft.Network/firewallPolicies/ruleCollectionGroups";
  const networkRule = (name: string, port = "53"): FirewallNetworkRuleBody => ({
    name,
    description: "",
    ipProtocols: ["UDP", "TCP"],
    sourceAddresses: ["10.20.0.0/26"],
    sourceIpGroupIds: [],
    destinationAddresses: ["10.0.3.4"],
    destinationPorts: [port],
  });
  const applicationRule = (name: string): FirewallApplicationRuleBody => ({
    name,
    description: "Payment provider",
    protocols: [
      { protocolType: "Https", port: 443 },
      { protocolType: "Http", port: 80 },
    ],
    sourceAddresses: ["10.20.0.0/26"],
    sourceIpGroupIds: [],
    targetFqdns: ["www.example", "api.example"],
  });

  async function policy() {
    const group = await newResourceGroup(ports);
    await azure.network().firewallPolicies.createOrUpdate(group, "afwp-hub", { location, sku: { tier: "Standard" } });
    const id = `${networkId(group, "firewallPolicies", "afwp-hub")}/ruleCollectionGroups/rcg-zero-trust-spokes`;
    const read = () =>
      azure.network().firewallPolicyRuleCollectionGroups.get(group, "afwp-hub", "rcg-zero-trust-spokes");
    return { group, id, read };
  }

  test("stands as desired in two collections of this tool, and takes a change of one rule", async () => {
    const { id, read } = await policy();
    const port = ports.resources[type];
    const body = { priority: 2000, networkRules: [networkRule("dns")], applicationRules: [applicationRule("pay")] };
    expect(await port.observe(desired(type, id, body))).toBeNull();
    await port.write(desired(type, id, body), null);
    const observed = await port.observe(desired(type, id, body));
    expect(observed?.body).toEqual(body);
    expect((await read()).ruleCollections).toMatchObject([
      { name: "zero-trust-network", priority: 100, action: { type: "Allow" } },
      { name: "zero-trust-application", priority: 200, action: { type: "Allow" } },
    ]);

    const changed = { ...body, networkRules: [networkRule("dns", "853")] };
    await port.write(desired(type, id, changed), observed);
    expect((await port.observe(desired(type, id, changed)))?.body).toEqual(changed);
  });

  test("trap 10: rules of other spokes and collections of others are never rewritten; retired ones go", async () => {
    const { group, id, read } = await policy();
    const port = ports.resources[type];
    const orders = {
      priority: 2000,
      networkRules: [networkRule("orders.a"), networkRule("orders.b")],
      applicationRules: [],
    };
    await port.write(desired(type, id, orders), null);
    const standing = await read();
    await azure
      .network()
      .firewallPolicyRuleCollectionGroups.createOrUpdate(group, "afwp-hub", "rcg-zero-trust-spokes", {
        ...standing,
        ruleCollections: [
          ...(standing.ruleCollections ?? []),
          {
            ruleCollectionType: "FirewallPolicyFilterRuleCollection",
            name: "by-hand",
            priority: 900,
            action: { type: "Deny" },
            rules: [{ ...networkRule("foreign"), ruleType: "NetworkRule", destinationPorts: ["23"] }],
          },
        ],
      });
    const billing = {
      priority: 2000,
      networkRules: [networkRule("billing.a")],
      applicationRules: [applicationRule("billing")],
    };
    await port.write(desired(type, id, billing, ["orders.b"]), null);

    const names = (await read()).ruleCollections?.map((one) => [
      one.name,
      "rules" in one ? one.rules?.map((rule) => rule.name) : [],
    ]);
    expect(Object.fromEntries(names ?? [])).toEqual({
      "by-hand": ["foreign"],
      "zero-trust-network": ["orders.a", "billing.a"],
      "zero-trust-application": ["billing"],
    });
    const observed = await port.observe(desired(type, id, billing));
    expect(observed?.body.networkRules.map((rule) => rule.name)).toEqual(["billing.a", "orders.a"]);
  });

  test("eight spokes that write at once all have their rules", async () => {
    const { id } = await policy();
    const names = Array.from({ length: 8 }, (_, index) => `spoke${index}.dns`);
    const write = (name: string) =>
      ports.resources[type].write(
        desired(type, id, { priority: 2000, networkRules: [networkRule(name)], applicationRules: [] }),
        null,
      );
    await write(names[0] ?? "");
    await Promise.all(names.map(write));
    const observed = await ports.resources[type].observe(
      desired(type, id, { priority: 2000, networkRules: [], applicationRules: [] }),
    );
    expect(observed?.body.networkRules.map((rule) => rule.name)).toEqual(names);
  });
});
