import fc from "fast-check";
import type { NetworkInterfaceFact } from "../../../shared/domain/platform-facts.ts";
import type { SecurityRuleBody } from "../../../shared/domain/resource.ts";
import type { ObservedFlow } from "../../../shared/hardening/flow-logs/observed-flow.ts";
import { ReductionReport } from "../../../shared/hardening/flow-logs/reduction-report.ts";
import type { HardeningInput } from "../../../shared/hardening/hardening-input.ts";
import type { CompiledRules } from "../../../shared/rules/compile.ts";
import { decide } from "../../../shared/rules/meaning/decide.ts";
import type { MeaningRule } from "../../../shared/rules/meaning/meaning-rule.ts";
import { parseSecurityGroup } from "../../../shared/rules/meaning/parse-security-group.ts";
import type { RuleContext } from "../../../shared/rules/rule-context.ts";
import { inPrefix } from "../rules/packets-of-spoke.ts";

/*
 * Traffic of a spoke in a world where everything is known: which machines stand and what they joined, and which public
 * addresses which service tags hold. The log of that world is what the rules make of the traffic, packet by packet.
 */

export const hour = 3_600_000;
export const window = { from: Date.UTC(2026, 7, 1), to: Date.UTC(2026, 7, 31) };

/** Members of tags in this world. The tool is told none of them. */
export interface World {
  readonly context: RuleContext;
  readonly machines: readonly { readonly address: string; readonly subnet: string; readonly group: string | null }[];
  /** Public addresses that belong to the tags GatewayManager, Storage and AzureCloud. */
  readonly tagged: ReadonlyMap<string, readonly string[]>;
  /** Whether hubs and internal networks are connected, and so part of VirtualNetwork. */
  readonly connected: boolean;
}

export interface Packet {
  readonly source: string;
  readonly destination: string;
  readonly port: number;
  readonly protocol: 1 | 6 | 17 | 132;
}

const number = (address: string) => address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
const text = (value: number) => [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
const at = (prefix: string, offset: number) => text(number(prefix.split("/")[0] ?? "") + offset);

export function worldOf(context: RuleContext, seed: number): World {
  const tiers = context.tiers.flatMap((tier, index) =>
    [5, 6, 9].map((offset, place) => ({
      address: at(tier.addressPrefix, offset),
      subnet: tier.name,
      // Now and then a machine that joined no group (trap 13).
      group: (seed + index + place) % 5 === 0 ? null : tier.applicationSecurityGroupId,
    })),
  );
  const gateway = [4, 5].map((offset) => ({
    address: at(context.gateway.addressPrefix, offset),
    subnet: "gateway",
    group: null,
  }));
  return {
    context,
    machines: [...tiers, ...gateway],
    tagged: new Map([
      ["203.0.113.7", ["GatewayManager", "AzureCloud"]],
      ["203.0.113.8", ["Storage", "AzureCloud"]],
    ]),
    connected: seed % 2 === 0,
  };
}

/** Addresses between which something may be sent. */
export function addressesOf({ context, machines }: World): string[] {
  return [
    ...machines.map(({ address }) => address),
    ...context.tiers.flatMap(({ loadBalancerAddress }) => loadBalancerAddress ?? []),
    ...context.managementAccess.flatMap(({ from }) => [at(from, 1), at(from, 3)]),
    ...context.dnsServers,
    "10.255.1.1",
    "168.63.129.16",
    "203.0.113.7",
    "203.0.113.8",
    "198.51.100.20",
    "198.51.100.21",
    "40.119.6.228",
  ];
}

/** The symbols that an address belongs to, as the NSG of a subnet sees it. */
function symbolsOf(world: World, address: string, subnet: string): string[] {
  const { context, machines, tagged, connected } = world;
  const group = machines.find((machine) => machine.address === address)?.group;
  const inside = inPrefix(context.spokePrefix, address) || address === "168.63.129.16";
  const internal = context.internalPrefixes.some((prefix) => inPrefix(prefix, address));
  const behind = context.behindFirewall && subnet !== "gateway";
  const tags = tagged.get(address) ?? [];
  return [
    ...(group ? [`asg:${group.toLowerCase()}`] : []),
    ...(inside || behind || (internal && connected) ? ["tag:virtualnetwork"] : []),
    ...(!inside && !internal && !behind ? ["tag:internet"] : []),
    ...tags.map((tag) => `tag:${tag.toLowerCase()}`),
  ];
}

/** The rule that decides in this world. */
export function deciderIn(
  world: World,
  rules: readonly SecurityRuleBody[],
  subnet: string,
  direction: "Inbound" | "Outbound",
  { source, destination, port, protocol }: Packet,
): MeaningRule {
  return decide(
    parseSecurityGroup(rules, subnet)[direction],
    {
      direction,
      protocol,
      sourceAddress: source,
      sourcePort: 50_000,
      destinationAddress: destination,
      destinationPort: port,
    },
    { source: symbolsOf(world, source, subnet), destination: symbolsOf(world, destination, subnet) },
  );
}

/** Where a packet is logged: at each interface of the spoke on its way. */
export function sightingsOf(world: World, { source, destination }: Packet) {
  const subnetOf = (address: string) => world.machines.find((machine) => machine.address === address)?.subnet;
  const [from, to] = [subnetOf(source), subnetOf(destination)];
  return [
    ...(from === undefined ? [] : [{ subnet: from, direction: "Outbound" as const }]),
    ...(to === undefined ? [] : [{ subnet: to, direction: "Inbound" as const }]),
  ];
}

export const rulesOf = (rules: CompiledRules, subnet: string) =>
  subnet === "gateway" ? rules.gateway : (rules.tiers.get(subnet) ?? []);

/** What the flow log of this world holds of some packets. `named` says whether it names rules as they are called here. */
export function logOf(world: World, rules: CompiledRules, packets: readonly Packet[], named: boolean): ObservedFlow[] {
  return packets.flatMap((packet, index) =>
    sightingsOf(world, packet).map(({ subnet, direction }) => {
      const decider = deciderIn(world, rulesOf(rules, subnet), subnet, direction, packet);
      const prefix = decider.priority > 4096 ? "DefaultRule_" : "UserRule_";
      return {
        source: number(packet.source),
        sourceLength: 32,
        destination: number(packet.destination),
        destinationLength: 32,
        destinationPort: packet.port,
        protocol: packet.protocol,
        direction,
        allowed: decider.access === "Allow",
        aclId: `acl-${subnet}`,
        rule: named ? `${prefix}${decider.name}` : "UserRule_renamed-since",
        flows: 1 + (index % 3),
        packetsSent: 10,
        bytesSent: 1000 + index,
        packetsReceived: 5,
        bytesReceived: 500,
        firstSeen: window.from + index,
        lastSeen: window.to - 1 - index,
      };
    }),
  );
}

/** All that the tool is given of a world, covered by data throughout. */
export function inputOf(world: World, rules: CompiledRules, flows: readonly ObservedFlow[]): HardeningInput {
  const { context, machines } = world;
  const hours = Array.from({ length: (window.to - window.from) / hour }, (_, index) => window.from / hour + index);
  const subnets = [...context.tiers.map(({ name }) => name), "gateway"];
  const facts = machines.map(
    ({ address, subnet, group }): NetworkInterfaceFact => ({
      id: `/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkInterfaces/nic-${address}`,
      subnetIds: [`snet-${subnet}`],
      privateIpAddresses: [address],
      applicationSecurityGroupIds: group === null ? [] : [group],
      loadBalancerBackendPoolIds: [],
      scaleSetId: null,
      managedBy: null,
      virtualMachineId: null,
    }),
  );
  return {
    spoke: "orders",
    context,
    groups: subnets.map((subnet) => ({
      subnet,
      networkSecurityGroupId: `/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkSecurityGroups/nsg-${subnet}`,
      rules: rulesOf(rules, subnet),
    })),
    networkInterfaces: facts,
    reduction: {
      window,
      flows,
      interfaces: machines.map(({ address }) => ({ macAddress: address, addresses: [number(address)], hours })),
      counts: { ...new ReductionReport().counts, blobs: 720, bytes: 1, records: 43_200, tuples: flows.length },
      samples: [],
      tooManyFlows: { allowed: false, denied: false },
    },
  };
}

/** Rules that somebody added by hand, wide in one way or another. */
export const handMade: fc.Arbitrary<SecurityRuleBody[]> = fc
  .array(
    fc.record({
      priority: fc.integer({ min: 100, max: 3999 }),
      direction: fc.constantFrom("Inbound" as const, "Outbound" as const),
      access: fc.constantFrom("Allow" as const, "Allow" as const, "Allow" as const, "Deny" as const),
      protocol: fc.constantFrom("Tcp" as const, "*" as const, "*" as const, "Udp" as const, "Icmp" as const),
      source: side(),
      destination: side(),
      ports: fc.constantFrom(["*"], ["*"], ["*"], ["443"], ["1-1024"], ["22", "443", "8000-9000"], ["1433"]),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((list) =>
    list.map((one, index) => ({
      name: `by-hand-${index}`,
      description: "",
      priority: one.priority,
      direction: one.direction,
      access: one.access,
      protocol: one.protocol,
      sourceAddressPrefixes: one.source,
      sourceApplicationSecurityGroupIds: [],
      sourcePortRanges: ["*"],
      destinationAddressPrefixes: one.destination,
      destinationApplicationSecurityGroupIds: [],
      destinationPortRanges: one.ports,
    })),
  );

function side(): fc.Arbitrary<string[]> {
  return fc.constantFrom(
    ["*"],
    ["*"],
    ["*"],
    ["10.0.0.0/8"],
    ["10.0.0.0/8"],
    ["VirtualNetwork"],
    ["Internet"],
    ["AzureCloud"],
    ["Storage"],
    ["0.0.0.0/0"],
    ["203.0.113.0/24", "198.51.100.0/24"],
    ["10.64.0.0-10.64.1.255"],
    ["198.51.100.16/28", "10.64.0.0/22"],
  );
}

/** The rules with those made by hand in every NSG; a priority that is taken moves on to the next free one. */
export function withHandMade(rules: CompiledRules, made: readonly SecurityRuleBody[]): CompiledRules {
  const added = (standing: readonly SecurityRuleBody[]) => {
    const all = [...standing];
    for (const rule of made) {
      const taken = new Set(
        all.filter(({ direction }) => direction === rule.direction).map(({ priority }) => priority),
      );
      let priority = rule.priority;
      while (taken.has(priority)) priority += 1;
      all.push({ ...rule, priority });
    }
    return all;
  };
  return {
    gateway: added(rules.gateway),
    tiers: new Map([...rules.tiers].map(([name, list]) => [name, added(list)])),
  };
}

/** Packets that a machine of the spoke sends or receives. */
export const packetsIn = (world: World): fc.Arbitrary<Packet[]> =>
  fc.array(
    fc
      .record({
        machine: fc.constantFrom(...world.machines.map(({ address }) => address)),
        other: fc.constantFrom(...addressesOf(world)),
        sends: fc.boolean(),
        port: fc.constantFrom(22, 53, 80, 123, 443, 1433, 8080, 8443, 50_001, 60_000),
        protocol: fc.constantFrom(6 as const, 6 as const, 6 as const, 17 as const, 1 as const, 132 as const),
      })
      .map(({ machine, other, sends, port, protocol }) => ({
        source: sends ? machine : other,
        destination: sends ? other : machine,
        port,
        protocol,
      })),
    { minLength: 1, maxLength: 60 },
  );
