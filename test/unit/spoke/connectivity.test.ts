import { expect, test } from "vitest";
import type { NetworkInterfaceFact } from "../../../shared/domain/platform-facts.ts";
import type { SubnetBody } from "../../../shared/domain/resource.ts";
import { connectivityOf } from "../../../shared/spoke/connectivity/connectivity-of.ts";
import { contractRequest, requestWith, stateOf } from "./example.ts";
import { connectivityWith, openedByHand, spokeOf, standingOf } from "./standing-example.ts";

const state = stateOf(contractRequest);
const lastOf = (id: string | null) => id?.split("/").at(-1) ?? null;

function withSubnet(tier: string, change: (subnet: SubnetBody) => SubnetBody | null) {
  const network = standingOf(state);
  const subnets = network.subnets?.flatMap((one) => (one.name === `snet-${tier}` ? (change(one) ?? []) : one)) ?? null;
  return { ...network, subnets };
}

test("what was provisioned is proven; every flow passes, by the rules of the guidance at both ends", () => {
  const answer = connectivityWith(state, standingOf(state));
  expect(answer).toMatchObject({ status: "Proven", counterexamples: [], findings: [] });
  expect(answer.flows.filter(({ passes, required }) => passes !== true && required)).toEqual([]);
  const flow = answer.flows.find(({ from, to }) => from === "tier app" && to === "tier data");
  expect(flow).toMatchObject({ protocol: "Tcp", ports: "1433", passes: true });
  expect(flow?.deciding.map((one) => [lastOf(one.networkSecurityGroup), one.direction, one.rule])).toEqual([
    ["nsg-orders-prod-app", "Outbound", "Allow-App-Tier-to-SQL-VMs-Outbound"],
    ["nsg-orders-prod-data", "Inbound", "Allow-App-Tier-to-SQL-VMs-Inbound"],
  ]);
});

test("the matrix holds each flow once, into the gateway first, and in the same order each time", () => {
  const { flows } = connectivityWith(state, standingOf(state));
  const lines = flows.map(({ from, to, protocol, ports }) => `${from} > ${to} ${protocol} ${ports}`);
  expect(new Set(lines).size).toBe(lines.length);
  expect(lines.slice(0, 5)).toEqual([
    "Internet > gateway Tcp 443",
    "GatewayManager > gateway Tcp 65200-65535",
    "AzureLoadBalancer > gateway * *",
    "gateway > tier front Tcp 443",
    "10.0.1.0/26 > tier front Tcp 443",
  ]);
  expect(connectivityWith(stateOf(contractRequest), standingOf(state)).flows).toEqual(flows);
});

test("a port opened to the Internet by hand: refuted by a packet, in words", () => {
  const network = standingOf(state, "data", (rules) => [...rules, openedByHand(100, "1433")]);
  const { status, counterexamples } = connectivityWith(state, network);
  expect(status).toBe("Refuted");
  const found = counterexamples.find(({ from }) => from === "Internet");
  expect(found).toMatchObject({ subnet: "data", to: "tier data", passes: true, rule: "by-hand" });
  expect(lastOf(found?.networkSecurityGroup ?? null)).toBe("nsg-orders-prod-data");
  expect(found?.words).toMatch(
    /^Tcp from Internet \([\d.]+\) to tier data \(10\.20\.0\.\d+:1433\) passes and is not meant to: inbound, rule by-hand decides\.$/,
  );
});

test("what the linter finds in a rule by hand is told, and refutes nothing by itself", () => {
  const network = standingOf(state, "data", (rules) => [
    ...rules,
    {
      ...openedByHand(4095, "1433"),
      access: "Deny",
      sourceAddressPrefix: "VirtualNetwork",
    },
  ]);
  const { status, findings } = connectivityWith(state, network);
  expect(status).toBe("Proven");
  expect(findings).toEqual([
    expect.objectContaining({
      code: "VirtualNetworkTag",
      severity: "high",
      step: 5,
      message: expect.stringMatching(/^Inbound rule by-hand: /),
      resourceId: expect.stringMatching(/nsg-orders-prod-data$/),
    }),
  ]);
});

test("a flow that a rule by hand holds back does not pass, and that rule is named", () => {
  const network = standingOf(state, "data", (rules) => [
    ...rules,
    { ...openedByHand(100, "1433"), access: "Deny", sourceAddressPrefix: "*" },
  ]);
  const { status, flows } = connectivityWith(state, network);
  expect(status).toBe("Refuted");
  const flow = flows.find(({ from, to }) => from === "tier app" && to === "tier data");
  expect(flow?.passes).toBe(false);
  expect(flow?.deciding.map(({ rule }) => rule)).toEqual(["Allow-App-Tier-to-SQL-VMs-Outbound", "by-hand"]);
});

test("a rule that changes no meaning refutes nothing, and is named where it decides", () => {
  const network = standingOf(state, "data", (rules) =>
    rules.map((rule) => (rule.name === "Allow-App-Tier-to-SQL-VMs-Inbound" ? { ...rule, name: "renamed" } : rule)),
  );
  const { status, flows } = connectivityWith(state, network);
  expect(status).toBe("Proven");
  expect(flows.flatMap(({ deciding }) => deciding.map(({ rule }) => rule))).toContain("renamed");
});

test("a flow that several rules let pass in parts passes, and all of them are named", () => {
  const halves = (from: string, priority: number) => ({
    ...openedByHand(priority, "1433"),
    name: `part-of-${from}`,
    sourceAddressPrefix: from,
  });
  const network = standingOf(state, "data", (rules) => [
    halves("10.20.0.64/27", 101),
    halves("10.20.0.96/27", 102),
    ...rules.filter(({ name }) => name !== "Allow-App-Tier-to-SQL-VMs-Inbound"),
  ]);
  const flow = connectivityWith(state, network).flows.find(({ from, to }) => from === "tier app" && to === "tier data");
  expect(flow?.passes).toBe(true);
  expect(flow?.deciding.slice(1).map(({ rule }) => rule)).toEqual(["part-of-10.20.0.64/27", "part-of-10.20.0.96/27"]);
});

test("a subnet whose NSG was detached lets everything pass: a finding, and packets", () => {
  const answer = connectivityWith(
    state,
    withSubnet("app", (subnet) => ({ ...subnet, networkSecurityGroupId: null })),
  );
  expect(answer.status).toBe("Refuted");
  expect(answer.findings).toMatchObject([{ code: "NetworkSecurityGroupDetached", severity: "critical" }]);
  expect(answer.counterexamples[0]).toMatchObject({ from: "Internet", passes: true, networkSecurityGroup: null });
  expect(answer.counterexamples[0]?.words).toContain("(the subnet carries no NSG)");
});

test("of many open subnets each is told before any a second time", () => {
  const network = standingOf(state);
  const subnets = network.subnets?.map((one) => ({ ...one, networkSecurityGroupId: null })) ?? null;
  const { counterexamples } = connectivityWith(state, { ...network, subnets });
  expect(counterexamples).toHaveLength(20);
  expect(counterexamples.slice(0, 4).map(({ from, subnet }) => `${from} > ${subnet}`)).toEqual([
    "Internet > front",
    "Internet > app",
    "Internet > data",
    "Internet > gateway",
  ]);
});

test("another NSG on a subnet is the one that is looked at, and said", () => {
  const front = standingOf(state).subnets?.find(({ name }) => name === "snet-front")?.networkSecurityGroupId ?? null;
  const answer = connectivityWith(
    state,
    withSubnet("app", (one) => ({ ...one, networkSecurityGroupId: front })),
  );
  expect(answer.status).toBe("Refuted");
  expect(answer.findings).toMatchObject([{ code: "OtherNetworkSecurityGroup" }]);
});

test("a subnet that does not stand: nothing passes there", () => {
  const { status, findings, flows } = connectivityWith(
    state,
    withSubnet("app", () => null),
  );
  expect(status).toBe("Refuted");
  expect(findings).toMatchObject([{ code: "SubnetMissing" }]);
  const toApp = flows.filter(({ to }) => to === "tier app");
  expect(toApp.map(({ passes }) => passes)).toEqual(toApp.map(() => false));
});

test.each([
  ["an IPv6 prefix", { sourceAddressPrefix: "2001:db8::/32" }, "Ipv6NotModelled"],
  ["a protocol that no rule can have", { protocol: "Sctp" }, "UnreadableSecurityRule"],
])("an NSG with %s is not known: said, and nothing is claimed of its flows", (_what, odd, code) => {
  const network = standingOf(state, "data", (rules) => [...rules, { ...openedByHand(100, "1433"), ...odd }]);
  const { status, findings, flows } = connectivityWith(state, network);
  expect(status).toBe("Unknown");
  expect(findings).toMatchObject([{ code, message: expect.stringContaining("by-hand") }]);
  expect(lastOf(findings[0]?.resourceId ?? null)).toBe("nsg-orders-prod-data");
  expect(flows.find(({ from, to }) => from === "tier app" && to === "tier data")).toMatchObject({
    passes: null,
    deciding: [{ rule: "Allow-App-Tier-to-SQL-VMs-Outbound" }, { rule: null }],
  });
});

test("an NSG that cannot be read hides no counterexample of another", () => {
  const broken = standingOf(state, "data", () => [{}]);
  const open = standingOf(state, "app", (rules) => [...rules, openedByHand(100, "22")]);
  const appId = standingOf(state).subnets?.find(({ name }) => name === "snet-app")?.networkSecurityGroupId ?? "";
  const key = appId.toLowerCase();
  const both = new Map(broken.networkSecurityGroups).set(key, open.networkSecurityGroups.get(key));
  const { status, counterexamples } = connectivityWith(state, { ...broken, networkSecurityGroups: both });
  expect(status).toBe("Refuted");
  expect(counterexamples.map(({ subnet }) => subnet)).toContain("app");
});

test("a machine of one tier in the ASG of another is critical", () => {
  const { names } = state.design;
  const nic = (subnet: string, group: string): NetworkInterfaceFact => ({
    id: `${names.resourceGroup}/providers/Microsoft.Network/networkInterfaces/nic-${subnet}-${group}`,
    subnetIds: [names.subnet(subnet)],
    privateIpAddresses: [],
    applicationSecurityGroupIds: [names.applicationSecurityGroup(group).toUpperCase()],
    loadBalancerBackendPoolIds: [],
    virtualMachineId: null,
    scaleSetId: null,
    managedBy: null,
  });
  const networkInterfaces = [nic("data", "data"), nic("front", "app")];
  const { status, findings } = connectivityWith(state, { ...standingOf(state), networkInterfaces });
  expect(status).toBe("Refuted");
  expect(findings).toMatchObject([{ code: "InterfaceInOtherTiersGroup", severity: "critical" }]);
  expect(findings[0]?.resourceId).toContain("nic-front-app");
});

test("scale sets do not tell their ASGs: the answer names what it supposes", () => {
  const network = standingOf(state);
  const supposed = (networkInterfaces: NetworkInterfaceFact[]) =>
    connectivityWith(state, { ...network, networkInterfaces }).assumptions.some((text) => text.includes("no ASG but"));
  const member = { id: "/x", subnetIds: [], privateIpAddresses: [], applicationSecurityGroupIds: [], managedBy: null };
  expect(supposed([])).toBe(false);
  expect(supposed([{ ...member, loadBalancerBackendPoolIds: [], virtualMachineId: null, scaleSetId: "/scale" }])).toBe(
    true,
  );
});

test("a tier whose default route no longer leads to the firewall: what the proof rests on does not hold", () => {
  const answer = connectivityWith(
    state,
    withSubnet("app", (subnet) => ({ ...subnet, routeTableId: null })),
  );
  expect(answer.status).toBe("Refuted");
  expect(answer.findings).toMatchObject([{ code: "DefaultRouteDiffers" }]);
});

test("other addresses than planned, too", () => {
  const answer = connectivityWith(
    state,
    withSubnet("app", (one) => ({ ...one, addressPrefix: "10.20.1.0/26" })),
  );
  expect(answer).toMatchObject({ status: "Refuted", findings: [{ code: "SubnetAddressesDiffer" }] });
});

test("a network that was never built: what is meant, and nothing claimed; one that shall stand is missing", () => {
  const nothing = { subnets: null, networkSecurityGroups: new Map(), routes: new Map(), networkInterfaces: [] };
  const spoke = spokeOf(state);
  const before = connectivityOf({ ...spoke, shallStand: false }, nothing);
  expect(before.status).toBe("NotBuilt");
  expect(before.flows.length).toBeGreaterThan(5);
  expect(before.flows.every(({ passes, deciding }) => passes === null && deciding.length === 0)).toBe(true);
  const gone = connectivityOf(spoke, nothing);
  expect(gone.status).toBe("Refuted");
  expect(gone.findings.map(({ code }) => code)).toEqual(Array(4).fill("SubnetMissing"));
});

test("a standalone spoke is proven too", () => {
  const alone = stateOf(requestWith({ topology: "standalone", outboundAccess: [], managementAccess: [] }));
  expect(connectivityWith(alone, standingOf(alone))).toMatchObject({ status: "Proven", findings: [] });
});
