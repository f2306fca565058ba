import fc from "fast-check";
import { expect, test } from "vitest";
import type { SecurityRuleBody } from "../../../shared/domain/resource.ts";
import { deriveRecommendations } from "../../../shared/hardening/derive-recommendations.ts";
import { SpokeAddresses } from "../../../shared/hardening/judging/spoke-addresses.ts";
import type { Recommendation } from "../../../shared/hardening/recommendation.ts";
import { replay } from "../../../shared/hardening/replay.ts";
import type { CompiledRules } from "../../../shared/rules/compile.ts";
import { parseSecurityGroup } from "../../../shared/rules/meaning/parse-security-group.ts";
import { spokeRequest } from "../domain/arbitraries.ts";
import { stateOf } from "../spoke/state-of.ts";
import {
  addressesOf,
  deciderIn,
  handMade,
  inputOf,
  logOf,
  type Packet,
  packetsIn,
  rulesOf,
  sightingsOf,
  type World,
  withHandMade,
  worldOf,
} from "./traffic-of-spoke.ts";

interface Case {
  readonly world: World;
  readonly rules: CompiledRules;
  /** Without what was made by hand. */
  readonly compiled: CompiledRules;
  readonly packets: readonly Packet[];
  readonly named: boolean;
}

const cases: fc.Arbitrary<Case> = fc
  .tuple(
    spokeRequest.map((request) => stateOf({ ...request, addressPrefix: "10.64.0.0/22" }).design),
    handMade,
    fc.nat(9),
    fc.boolean(),
  )
  .chain(([design, made, seed, named]) => {
    const world = worldOf(design.ruleContext, seed);
    const rules = withHandMade(design.rules, made);
    return packetsIn(world).map((packets) => ({ world, rules, compiled: design.rules, packets, named }));
  });

function recommended({ world, rules, packets, named }: Case) {
  const input = inputOf(world, rules, logOf(world, rules, packets, named));
  return { input, ...deriveRecommendations(input) };
}

/** The rules after some of the recommendations. */
function applied(rules: CompiledRules, chosen: readonly Recommendation[]): CompiledRules {
  const of = (subnet: string, list: readonly SecurityRuleBody[]) =>
    list.flatMap((rule) => {
      const one = chosen.find(({ before, subnet: at }) => at === subnet && before === rule);
      if (one === undefined) return [rule];
      return one.after === null ? [] : [one.after];
    });
  return {
    gateway: of("gateway", rules.gateway),
    tiers: new Map([...rules.tiers].map(([name, list]) => [name, of(name, list)])),
  };
}

const passes = (world: World, rules: CompiledRules, packet: Packet) =>
  sightingsOf(world, packet).map(
    ({ subnet, direction }) => deciderIn(world, rulesOf(rules, subnet), subnet, direction, packet).access === "Allow",
  );

test("whatever is recommended: all that was observed to pass still passes, whatever tags hold", () => {
  let narrowed = 0;
  let removed = 0;
  fc.assert(
    fc.property(cases, fc.nat(), (one, mask) => {
      const { recommendations } = recommended(one);
      const some = recommendations.filter((_, index) => mask & (1 << (index % 30)));
      for (const chosen of [recommendations, some]) {
        const after = applied(one.rules, chosen);
        for (const packet of one.packets) {
          const before = passes(one.world, one.rules, packet);
          const now = passes(one.world, after, packet);
          expect(now, JSON.stringify([packet, chosen.map(({ rule }) => rule)])).toEqual(before);
        }
      }
      narrowed += recommendations.filter(({ kind }) => kind === "narrow").length;
      removed += recommendations.filter(({ kind }) => kind === "remove").length;
    }),
    { numRuns: 60 },
  );
  // The property says nothing where nothing is recommended.
  expect(Math.min(narrowed, removed)).toBeGreaterThan(30);
}, 180_000);

test("nothing passes after a recommendation that did not pass before", () => {
  fc.assert(
    fc.property(cases, (one) => {
      const { recommendations } = recommended(one);
      expect(recommendations.flatMap(({ difference }) => difference.gained)).toEqual([]);
      const after = applied(one.rules, recommendations);
      const addresses = addressesOf(one.world);
      for (const [index, source] of addresses.entries()) {
        const packet: Packet = {
          source,
          destination: addresses[(index * 7 + 3) % addresses.length] ?? source,
          port: [22, 443, 1433, 9999][index % 4] ?? 22,
          protocol: index % 2 === 0 ? 6 : 17,
        };
        const before = passes(one.world, one.rules, packet);
        for (const [at, now] of passes(one.world, after, packet).entries()) if (now) expect(before[at]).toBe(true);
      }
    }),
    { numRuns: 25 },
  );
}, 180_000);

test("a recommendation says of itself that it blocks nothing, and counts every flow of its NSG", () => {
  fc.assert(
    fc.property(cases, (one) => {
      const { recommendations, input } = recommended(one);
      for (const { subnet, replay: told, evidence, kind } of recommendations) {
        expect([told.wouldBlock, told.blocked]).toEqual([0, []]);
        const seen = input.reduction.flows.filter(({ allowed, aclId }) => allowed && aclId === `acl-${subnet}`);
        expect(told.flows).toBe(seen.reduce((sum, { flows }) => sum + flows, 0));
        expect(evidence.flows > 0).toBe(kind === "narrow");
      }
    }),
    { numRuns: 25 },
  );
}, 180_000);

test("the replay of any other rules is that of an evaluator that knows everything, but for what nobody can know", () => {
  let blocked = 0;
  fc.assert(
    fc.property(cases, handMade, fc.nat(), (one, made, which) => {
      const { world, rules, compiled, packets } = one;
      const proposed = withHandMade(without(compiled, which), made);
      const flows = logOf(world, rules, packets, true);
      const addresses = new SpokeAddresses(world.context, inputOf(world, rules, flows).networkInterfaces);
      const groups = ["gateway", ...rules.tiers.keys()].map((subnet) => ({
        subnet,
        standing: parseSecurityGroup(rulesOf(rules, subnet)),
        proposed: parseSecurityGroup(rulesOf(proposed, subnet)),
      }));
      const told = replay(addresses, groups, flows);
      const sent = packets.flatMap((packet, index) =>
        passes(world, rules, packet).map((passed, at) => ({
          passed,
          stopped: passed && passes(world, proposed, packet)[at] === false,
          flows: 1 + (index % 3),
        })),
      );
      const sum = (list: typeof sent) => list.reduce((total, { flows: count }) => total + count, 0);
      expect(told.flows).toBe(sum(sent.filter(({ passed }) => passed)));
      const really = sum(sent.filter(({ stopped }) => stopped));
      // Of what hangs on the members of a tag it says "would block": never too little.
      expect(told.wouldBlock + told.undecided).toBeGreaterThanOrEqual(really);
      blocked += really;
    }),
    { numRuns: 100 },
  );
  expect(blocked).toBeGreaterThan(100);
}, 180_000);

/** One rule less in each NSG. */
function without(rules: CompiledRules, which: number): CompiledRules {
  const of = (list: readonly SecurityRuleBody[]) => list.filter((_, index) => index !== which % list.length);
  return { gateway: of(rules.gateway), tiers: new Map([...rules.tiers].map(([name, list]) => [name, of(list)])) };
}
