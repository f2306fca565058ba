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
      for (const one of counterexamples) confirm(one, ruleContext, edited);
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

/** The rule that a counterexample names really meets its packet, and says what the counterexample says. */
function confirm(one: SpokeCounterexample, context: RuleContext, groups: Groups): void {
  const { direction } = one.packet;
  const rule = rulesOf(groups, one.subnet).find((each) => each.name === one.rule && each.direction === direction);
  if (rule === undefined) {
    expect(one.rule).toMatch(/^(Allow|Deny)(Vnet|All|Internet|AzureLoadBalancer)(In|Out)Bound$/);
    return;
  }
  expect(rule.access).toBe(one.passes ? "Allow" : "Deny");
  const subnet = one.subnet === "gateway" ? context.gateway : context.tiers.find((tier) => tier.name === one.subnet);
  const ownEnd = direction === "Inbound" ? one.packet.destinationAddress : one.packet.sourceAddress;
  expect(inPrefix(subnet?.addressPrefix ?? "", ownEnd)).toBe(true);
  const port = one.packet.destinationPort;
  const holds = rule.destinationPortRanges.some((range) => {
    if (range === "*") return true;
    const [first = 0, last = first] = range.split("-").map(Number);
    return first <= port && port <= last;
  });
  expect(holds, JSON.stringify([one, rule])).toBe(true);
}
