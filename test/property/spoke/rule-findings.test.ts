import fc from "fast-check";
import { expect, test } from "vitest";
import { compiledGroups } from "../../../shared/rules/spoke-proof/compiled-groups.ts";
import { ruleFindings } from "../../../shared/spoke/connectivity/rule-findings.ts";
import { spokeRequest } from "../domain/arbitraries.ts";
import { stateOf } from "./state-of.ts";

test("the rules that the tool compiles walk into no trap that it would tell a spoke's owner about", () => {
  fc.assert(
    fc.property(spokeRequest, (request) => {
      const { ruleContext, rules } = stateOf(request).design;
      for (const [subnet, group] of compiledGroups(rules)) {
        expect(ruleFindings(ruleContext, subnet, group, "/nsg")).toEqual([]);
      }
    }),
    { numRuns: 150 },
  );
}, 120_000);
