import { describe, expect, test } from "vitest";
import { contractRequest, platform, requestWith, resourceOf, ruleLines, stateOf } from "../spoke/example.ts";

const outbound = (lines: readonly string[]) => lines.filter((line) => line.startsWith("Outbound"));
const standalone = { topology: "standalone", outboundAccess: [] };

describe("outbound of a tier behind the firewall", () => {
  const app = outbound(ruleLines(stateOf(contractRequest), "nsg-orders-prod-app"));
  const index = (name: string) => app.findIndex((line) => line.includes(` ${name} `));

  test("order: flows and addresses, denies to internal space, ports of host names, deny all", () => {
    const order = [
      "Allow-App-Tier-to-SQL-VMs-Outbound",
      "Allow-DNS-Udp-Outbound",
      "Deny-Spoke-Outbound",
      "Deny-Internal-Outbound",
      "Allow-Firewall-Tcp-Outbound",
      "DenyAllOutbound",
    ].map(index);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order).not.toContain(-1);
  });

  test("trap 6: denies and allows name prefixes, never the VirtualNetwork tag", () => {
    expect(app.filter((line) => line.includes("VirtualNetwork"))).toEqual([]);
    expect(app.find((line) => line.includes("Deny-Spoke"))).toContain("> 10.20.0.0/22:* Deny");
    expect(app.find((line) => line.includes("Deny-Internal"))).toContain(
      "> 10.0.0.0/8,172.16.0.0/12,192.168.0.0/16:* Deny",
    );
  });

  test("ports of host names lie between 4010 and 4090, and only those of the tier's own destinations", () => {
    const body = requestWith({
      outboundAccess: [{ from: ["data"], to: "api.payments.example", port: 8443, protocol: "Tcp", description: "" }],
    });
    const state = stateOf(body);
    const rule = (tier: string) =>
      ruleLines(state, `nsg-orders-prod-${tier}`).find((line) => line.includes("Allow-Firewall"));
    expect(rule("data")).toBe(
      "Outbound 4010 Allow-Firewall-Tcp-Outbound Tcp asg-orders-prod-data > 0.0.0.0/0:443,80,8443 Allow",
    );
    expect(rule("app")).toBe(
      "Outbound 4010 Allow-Firewall-Tcp-Outbound Tcp asg-orders-prod-app > 0.0.0.0/0:443,80 Allow",
    );
  });

  test("internal prefixes beyond private space are denied as well", () => {
    const configuration = { ...platform, internalPrefixes: [...platform.internalPrefixes, "198.18.0.0/15"] };
    const lines = ruleLines(stateOf(contractRequest, {}, configuration), "nsg-orders-prod-app");
    expect(lines.find((line) => line.includes("Deny-Internal"))).toContain(",198.18.0.0/15:*");
  });
});

describe("the guidance's alternatives", () => {
  test("deny-virtual-network: internal space denied, everything else left to the firewall", () => {
    const lines = outbound(
      ruleLines(stateOf(requestWith({ outbound: "deny-virtual-network" })), "nsg-orders-prod-app"),
    );
    expect(lines.filter((line) => line.endsWith("Deny")).map((line) => line.split(" ")[2])).toEqual([
      "Deny-Spoke-Outbound",
      "Deny-Internal-Outbound",
    ]);
  });

  test("allow-all: nothing denied outbound; inbound still denies all", () => {
    const lines = ruleLines(stateOf(requestWith({ outbound: "allow-all" })), "nsg-orders-prod-app");
    expect(outbound(lines).filter((line) => line.endsWith("Deny"))).toEqual([]);
    expect(lines).toContain("Inbound 4096 DenyAllInbound * * > *:* Deny");
  });
});

describe("virtual machine management", () => {
  test("trap 8: the guidance's entry for the metadata service stands, to its address and no service tag", () => {
    const lines = ruleLines(stateOf(contractRequest), "nsg-orders-prod-front");
    expect(lines.find((line) => line.includes("Instance-Metadata"))).toContain("> 169.254.169.254/32:443 Allow");
    expect(lines.filter((line) => line.includes("AzurePlatform"))).toEqual([]);
  });

  test("trap 9: activation reaches both addresses, not only the guidance's one", () => {
    const lines = ruleLines(stateOf(contractRequest), "nsg-orders-prod-front");
    expect(lines.find((line) => line.includes("Windows-Activation"))).toContain(
      "> 20.118.99.224/32,40.83.235.53/32:1688 Allow",
    );
  });

  test("in another cloud: its addresses and names, in the NSGs and the firewall, and none of the public cloud's", () => {
    const vmManagement = {
      fqdns: [{ fqdn: "login.microsoftonline.us", port: 443 as const }],
      timeServers: ["192.0.2.1"],
      activationServers: ["23.97.0.13", "52.126.105.2"],
    };
    const state = stateOf(contractRequest, {}, { ...platform, vmManagement });
    const lines = ruleLines(state, "nsg-orders-prod-front");
    expect(lines.find((line) => line.includes("Windows-Activation"))).toContain(
      "> 23.97.0.13/32,52.126.105.2/32:1688 Allow",
    );
    expect(lines.find((line) => line.includes("Time-Synchronisation"))).toContain("> 192.0.2.1/32:123 Allow");
    const group = resourceOf(state, "Microsoft.Network/firewallPolicies/ruleCollectionGroups").body;
    const management = group.applicationRules.filter(({ name }) => name.startsWith("spokes-vm-management"));
    expect(management.map(({ targetFqdns }) => targetFqdns)).toEqual([["login.microsoftonline.us"]]);
    const everything = JSON.stringify(state.resources);
    for (const name of ["login.microsoftonline.com", "20.118.99.224", "40.119.6.228"])
      expect(everything).not.toContain(name);
  });

  test("trap 10: host names are in the firewall's application rules and in no NSG", () => {
    const state = stateOf(contractRequest);
    const group = resourceOf(state, "Microsoft.Network/firewallPolicies/ruleCollectionGroups").body;
    const names = group.applicationRules.flatMap((rule) => rule.targetFqdns);
    expect(names).toContain("login.microsoftonline.com");
    expect(names).toContain("www.msftconnecttest.com");
    expect(names).toContain("api.payments.example");
    const everyRule = JSON.stringify(
      state.resources.filter((resource) => resource.type.endsWith("networkSecurityGroups")),
    );
    for (const name of names) expect(everyRule).not.toContain(`"${name}"`);
  });

  test("what passes an NSG by address passes the firewall too, from this spoke's tiers only", () => {
    const body = requestWith({
      outboundAccess: [{ from: ["app"], to: "203.0.113.7", port: 5671, protocol: "Tcp", description: "Queue" }],
    });
    const rules = resourceOf(stateOf(body), "Microsoft.Network/firewallPolicies/ruleCollectionGroups").body
      .networkRules;
    expect(rules.find((rule) => rule.name === "orders-prod.outbound.203.0.113.7-32.Tcp.5671.app")).toMatchObject({
      sourceAddresses: ["10.20.0.64/26"],
      destinationAddresses: ["203.0.113.7/32"],
      destinationPorts: ["5671"],
    });
    expect(ruleLines(stateOf(body), "nsg-orders-prod-app")).toContain(
      "Outbound 1025 Allow-to-203.0.113.7-32-Tcp-5671-Outbound Tcp asg-orders-prod-app > 203.0.113.7/32:5671 Allow",
    );
  });
});

describe("a standalone spoke", () => {
  const lines = ruleLines(stateOf(requestWith({ ...standalone, outbound: "deny-all" })), "nsg-orders-prod-app");

  test("ends in deny all without rules for a firewall that it does not have", () => {
    expect(lines.filter((line) => /Deny-Spoke|Deny-Internal|Allow-Firewall/.test(line))).toEqual([]);
    expect(lines.at(-1)).toBe("Outbound 4096 DenyAllOutbound * * > *:* Deny");
  });

  test("has no rule for name servers that it cannot reach", () => {
    expect(lines.filter((line) => line.includes("DNS"))).toEqual([]);
  });
});
