import fc from "fast-check";
import { expect, test } from "vitest";
import type { CompiledRules } from "../../../shared/rules/compile.ts";
import type { RuleContext } from "../../../shared/rules/rule-context.ts";
import { compiledGroups } from "../../../shared/rules/spoke-proof/compiled-groups.ts";
import { proveSpoke, type SpokeCounterexample } from "../../../shared/rules/spoke-proof/prove-spoke.ts";
import { spokeRequest } from "../domain/arbitraries.ts";
import { stateOf } from "../spoke/state-of.ts";
import { edits } from "./mutated-groups.ts";
import { type End, endsOf, inPrefix, passesGroup, type SpokePacket } from "./packets-of-spoke.ts";

test("the rules of every valid request are proven to let pass what it means and nothing else", () => {
  fc.assert(
    fc.property(spokeRequest, (request) => {
      const { ruleContext, rules } = stateOf(request).design;
      expect(proveSpoke(ruleContext, compiledGroups(rules))).toEqual([]);
    }),
    { numRuns: 1000 },
  );
}, 180_000);

test("whatever is edited by hand: the proof fails exactly where some packet passes otherwise than before", () => {
  let refuted = 0;
  fc.assert(
    fc.property(spokeRequest, edits, (request, edit) => {
      const { ruleContext, rules } = stateOf(request).design;
      const edited = edit(rules);
      fc.pre(hasOneRulePerPriority(edited));
      const counterexamples = proveSpoke(ruleContext, compiledGroups(edited));
      if (counterexamples.length > 0) refuted += 1;
      const differing = differingPackets(ruleContext, rules, edited);
      if (differing.length > 0) expect(counterexamples.length, JSON.stringify(differing[0])).toBeGreaterThan(0);
      for (const one of counterexamples) confirm(one, ruleContext, rules, edited);
    }),
    { numRuns: 400 },
  );
  expect(refuted).toBeGreaterThan(100);
}, 180_000);

type Groups = CompiledRules;
const rulesOf = (groups: Groups, subnet: string) =>
  subnet === "gateway" ? groups.gateway : (groups.tiers.get(subnet) ?? []);

function hasOneRulePerPriority(groups: Groups): boolean {
  return [groups.gateway, ...groups.tiers.values()].every(
    (rules) => new Set(rules.map((rule) => `${rule.direction} ${rule.priority}`)).size === rules.length,
  );
}

/** Packets of a grid that one NSG treats otherwise than the compiled one, packet by packet. */
function differingPackets(context: RuleContext, before: Groups, after: Groups): unknown[] {
  const ends = endsOf(context);
  const ports = [22, 80, 443, 1433, 1688, 65300, ...context.tiers.map((tier) => tier.port)];
  return ["gateway", ...context.tiers.map((tier) => tier.name)].flatMap((subnet) => {
    if (rulesOf(before, subnet) === rulesOf(after, subnet)) return [];
    return (["Inbound", "Outbound"] as const).flatMap((direction) =>
      packetsAt(ends, ports, subnet, direction).filter((packet) => {
        const [a, b] = [before, after].map((groups) => passesGroup(rulesOf(groups, subnet), direction, packet));
        return a !== null && b !== null && a !== b;
      }),
    );
  });
}

function packetsAt(ends: readonly End[], ports: readonly number[], subnet: string, direction: string): SpokePacket[] {
  const own = ends.filter((end) => end.subnet === subnet);
  const [sources, destinations] = direction === "Outbound" ? [own, ends] : [ends, own];
  return sources.flatMap((from) =>
    destinations.flatMap((to) =>
      (["Tcp", "Udp", "Icmp"] as const).flatMap((protocol) => ports.map((port) => ({ from, to, protocol, port }))),
    ),
  );
}

/** Packet by packet: what the edited rules do with the packet, and that the compiled ones do otherwise. */
function confirm(one: SpokeCounterexample, context: RuleContext, before: Groups, after: Groups): void {
  const { direction, protocol, sourceAddress, sourcePort, destinationAddress, destinationPort: port } = one.packet;
  const packet = {
    from: endOf(context, one.from, sourceAddress),
    to: endOf(context, one.to, destinationAddress),
    protocol: typeof protocol === "number" ? "Icmp" : (protocol as SpokePacket["protocol"]),
    port,
    sourcePort,
  };
  const own = direction === "Inbound" ? packet.to : packet.from;
  expect(own.subnet, JSON.stringify(one)).toBe(one.subnet);
  // Null where only Azure's default rules or the members of a service tag decide, which this evaluator does not know.
  expect([one.passes, null], JSON.stringify(one)).toContain(passesGroup(rulesOf(after, one.subnet), direction, packet));
  expect([!one.passes, null], JSON.stringify(one)).toContain(
    passesGroup(rulesOf(before, one.subnet), direction, packet),
  );
}

function endOf(context: RuleContext, place: string, address: string): End {
  const tier = context.tiers.find(({ addressPrefix }) => inPrefix(addressPrefix, address));
  const isMember = tier !== undefined && place === `tier ${tier.name}`;
  const inGateway = inPrefix(context.gateway.addressPrefix, address);
  const kinds: Record<string, End["kind"]> = {
    "Azure's gateway management": "manager",
    "Azure's health probes": "probe",
    Internet: "internet",
  };
  return {
    address,
    group: isMember ? tier.applicationSecurityGroupId : null,
    subnet: tier?.name ?? (inGateway ? "gateway" : null),
    kind: kinds[place] ?? "machine",
  };
}
