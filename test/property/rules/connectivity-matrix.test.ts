import fc from "fast-check";
import { expect, test } from "vitest";
import { compiledGroups } from "../../../shared/rules/spoke-proof/compiled-groups.ts";
import { connectivityMatrix } from "../../../shared/rules/spoke-proof/connectivity-matrix.ts";
import { proveSpoke } from "../../../shared/rules/spoke-proof/prove-spoke.ts";
import { spokeRequest } from "../domain/arbitraries.ts";
import { stateOf } from "../spoke/state-of.ts";
import { edits } from "./mutated-groups.ts";

test("of every valid request, each required flow passes at both ends, by rules that are named", () => {
  fc.assert(
    fc.property(spokeRequest, (request) => {
      const { ruleContext, rules } = stateOf(request).design;
      for (const { flow, passes, decisions } of connectivityMatrix(ruleContext, compiledGroups(rules))) {
        if (flow.optional !== true) expect(passes, flow.reason).toBe(true);
        for (const decision of decisions) expect(decision.rules.length, flow.reason).toBeGreaterThan(0);
      }
    }),
    { numRuns: 150 },
  );
}, 120_000);

test("whatever is edited by hand: a flow is held back at an NSG exactly where the proof finds a packet that is", () => {
  let held = 0;
  fc.assert(
    fc.property(spokeRequest, edits, (request, edit) => {
      const { ruleContext, rules } = stateOf(request).design;
      const edited = edit(rules);
      const keys = [edited.gateway, ...edited.tiers.values()].map((list) =>
        list.map(({ direction, priority }) => `${direction} ${priority}`),
      );
      fc.pre(keys.every((list) => new Set(list).size === list.length));
      const groups = compiledGroups(edited);
      const bySubnet = connectivityMatrix(ruleContext, groups).flatMap(({ flow, decisions }) =>
        flow.optional === true ? [] : decisions.filter(({ passes }) => passes === false),
      );
      const lacking = proveSpoke(ruleContext, groups).filter(({ passes }) => !passes);
      const at = (list: readonly { subnet: string }[]) => [...new Set(list.map(({ subnet }) => subnet))].sort();
      expect(at(bySubnet)).toEqual(at(lacking));
      if (lacking.length > 0) held += 1;
    }),
    { numRuns: 250 },
  );
  expect(held).toBeGreaterThan(20);
}, 120_000);
