import { describe, expect, test } from "vitest";
import { contractRequest, requestWith, ruleLines, stateOf } from "../spoke/example.ts";

const state = stateOf(contractRequest);
const front = ruleLines(state, "nsg-orders-prod-front");
const app = ruleLines(state, "nsg-orders-prod-app");
const data = ruleLines(state, "nsg-orders-prod-data");
const gateway = ruleLines(state, "nsg-orders-prod-gateway");

/** Lines of a rule by its name, whatever its priority. */
const named = (lines: readonly string[], name: string) =>
  lines.filter((line) => line.split(" ")[2] === name).map((line) => line.replace(/ \d+ /, " "));

describe("the guidance's seven flows", () => {
  test("1: Internet to the gateway's subnet", () => {
    expect(named(gateway, "Allow-Internet-to-Gateway-Inbound")).toEqual([
      "Inbound Allow-Internet-to-Gateway-Inbound Tcp Internet > 10.20.3.0/24:443 Allow",
    ]);
  });

  test("2: the gateway's subnet to the first tier, on both sides", () => {
    const flow = "Tcp 10.20.3.0/24 > asg-orders-prod-front:443 Allow";
    expect(named(gateway, "Allow-Gateway-to-Front-VMs-Outbound")).toEqual([
      `Outbound Allow-Gateway-to-Front-VMs-Outbound ${flow}`,
    ]);
    expect(named(front, "Allow-Gateway-to-Front-VMs-Inbound")).toEqual([
      `Inbound Allow-Gateway-to-Front-VMs-Inbound ${flow}`,
    ]);
  });

  test("3 and 5, trap 3: to the load balancer of the next tier, in the caller's NSG both ways and in the callee's inbound", () => {
    const flow = "Tcp asg-orders-prod-app > 10.20.0.132/32:1433 Allow";
    expect(named(app, "Allow-App-Tier-to-Data-LB-Inbound")).toEqual([
      `Inbound Allow-App-Tier-to-Data-LB-Inbound ${flow}`,
    ]);
    expect(named(app, "Allow-App-Tier-to-Data-LB-Outbound")).toEqual([
      `Outbound Allow-App-Tier-to-Data-LB-Outbound ${flow}`,
    ]);
    expect(named(data, "Allow-App-Tier-to-Data-LB-Inbound")).toEqual([
      `Inbound Allow-App-Tier-to-Data-LB-Inbound ${flow}`,
    ]);
    expect(named(data, "Allow-App-Tier-to-Data-LB-Outbound")).toEqual([]);
  });

  test("4 and 6: from the load balancer to its machines, both ways", () => {
    const flow = "Tcp 10.20.0.132/32 > asg-orders-prod-data:1433 Allow";
    expect(named(data, "Allow-SQL-LB-to-SQL-VMs-Inbound")).toEqual([`Inbound Allow-SQL-LB-to-SQL-VMs-Inbound ${flow}`]);
    expect(named(data, "Allow-SQL-LB-to-SQL-VMs-Outbound")).toEqual([
      `Outbound Allow-SQL-LB-to-SQL-VMs-Outbound ${flow}`,
    ]);
  });

  test("7: between the machines of a tier that replicates, both ways", () => {
    const flow = "Tcp asg-orders-prod-data > asg-orders-prod-data:1433 Allow";
    expect(named(data, "Allow-SQL-VM-to-SQL-VM-Inbound")).toEqual([`Inbound Allow-SQL-VM-to-SQL-VM-Inbound ${flow}`]);
    expect(named(data, "Allow-SQL-VM-to-SQL-VM-Outbound")).toEqual([
      `Outbound Allow-SQL-VM-to-SQL-VM-Outbound ${flow}`,
    ]);
    expect(named(app, "Allow-App-VM-to-App-VM-Inbound")).toEqual([]);
  });
});

describe("traps of load balancers and probes", () => {
  test("trap 1: beside the guidance's rules stands what a load-balanced packet really is, caller to machine", () => {
    const flow = "Tcp asg-orders-prod-app > asg-orders-prod-data:1433 Allow";
    expect(named(app, "Allow-App-Tier-to-SQL-VMs-Outbound")).toEqual([
      `Outbound Allow-App-Tier-to-SQL-VMs-Outbound ${flow}`,
    ]);
    expect(named(data, "Allow-App-Tier-to-SQL-VMs-Inbound")).toEqual([
      `Inbound Allow-App-Tier-to-SQL-VMs-Inbound ${flow}`,
    ]);
  });

  test("trap 1: without a load balancer that is the only rule between two tiers", () => {
    const tiers = [
      { name: "front", port: 443 },
      { name: "app", port: 8443 },
    ];
    const plain = stateOf(requestWith({ managementAccess: [], outboundAccess: [] }, { tiers, flows: [] }));
    const between = ruleLines(plain, "nsg-orders-prod-app").filter((line) => line.includes("-Tier-to-"));
    expect(between).toEqual([
      "Inbound 105 Allow-Front-Tier-to-App-VMs-Inbound Tcp asg-orders-prod-front > asg-orders-prod-app:8443 Allow",
    ]);
  });

  test("trap 5: probes of the load balancer pass DenyAllInbound, in load-balanced tiers only", () => {
    expect(named(data, "Allow-Probe-to-SQL-Inbound")).toEqual([
      "Inbound Allow-Probe-to-SQL-Inbound Tcp AzureLoadBalancer > asg-orders-prod-data:1433 Allow",
    ]);
    expect(named(app, "Allow-Probe-to-App-Inbound")).toHaveLength(1);
    expect(front.some((line) => line.includes("Allow-Probe-to"))).toBe(false);
  });

  test("trap 15: GatewayManager and AzureLoadBalancer reach Any in the gateway's NSG", () => {
    expect(named(gateway, "Allow-GatewayManager-Inbound")).toEqual([
      "Inbound Allow-GatewayManager-Inbound Tcp GatewayManager > *:65200-65535 Allow",
    ]);
    expect(named(gateway, "Allow-Probe-to-Gateway-Inbound")).toEqual([
      "Inbound Allow-Probe-to-Gateway-Inbound * AzureLoadBalancer > *:* Allow",
    ]);
  });

  test("trap 16: the gateway's NSG denies nothing outbound", () => {
    expect(gateway.filter((line) => line.startsWith("Outbound") && line.endsWith("Deny"))).toEqual([]);
    expect(gateway.at(-1)).toBe("Inbound 4096 DenyAllInbound * * > *:* Deny");
  });
});

describe("every rule", () => {
  const groups = state.resources.flatMap((resource) =>
    resource.type === "Microsoft.Network/networkSecurityGroups" ? [resource.body.securityRules] : [],
  );

  test("trap 2: any source port; the guidance's own advice", () => {
    expect(new Set(groups.flat().flatMap((rule) => rule.sourcePortRanges))).toEqual(new Set(["*"]));
  });

  test("trap 2: no rule carries the slip 433", () => {
    expect(groups.flat().filter((rule) => rule.destinationPortRanges.includes("433"))).toEqual([]);
  });

  test("trap 4: no return rules; a first tier says nothing to the gateway's subnet", () => {
    const toGateway = front.filter((line) => line.startsWith("Outbound") && line.includes("> 10.20.3.0/24"));
    expect(toGateway).toEqual([]);
  });

  test("trap 12 and 13: one ASG a side, all of this spoke", () => {
    for (const rule of groups.flat()) {
      const groupIds = [rule.sourceApplicationSecurityGroupIds, rule.destinationApplicationSecurityGroupIds];
      for (const side of groupIds) {
        expect(side.length).toBeLessThanOrEqual(1);
        expect(side.every((id) => id.includes("/resourceGroups/rg-orders-prod/"))).toBe(true);
      }
    }
  });

  test("trap 14: load balancers are named by address and the gateway by its subnet, never by an ASG", () => {
    const byAddress = [...front, ...app, ...data, ...gateway].filter((line) =>
      / Allow-(\w+-LB-to|Gateway-to)/.test(line),
    );
    expect(byAddress.length).toBeGreaterThan(5);
    expect(byAddress.filter((line) => !/ (10\.20\.0\.\d+\/32|10\.20\.3\.0\/24) > /.test(line))).toEqual([]);
  });

  test("the baseline ends every tier at 4096 in both directions", () => {
    for (const lines of [front, app, data]) {
      expect(lines.slice(-2)).toEqual([
        "Inbound 4096 DenyAllInbound * * > *:* Deny",
        "Outbound 4096 DenyAllOutbound * * > *:* Deny",
      ]);
    }
  });
});
