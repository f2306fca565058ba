import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compare } from "../../../shared/rules/compare/compare.ts";
import { parseSecurityGroup } from "../../../shared/rules/meaning/parse-security-group.ts";
import { type PlainRule, passes } from "./brute-force.ts";
import { mutated, ruleSet } from "./rule-sets.ts";
import { Z3Oracle } from "./z3-oracle.ts";

let oracle: Z3Oracle;
beforeAll(async () => {
  oracle = await Z3Oracle.start();
});
afterAll(() => oracle.close());

/** 300 pairs of closed rule sets of up to 50 rules, half of them one change apart and half unrelated. */
const pair: fc.Arbitrary<readonly [PlainRule[], PlainRule[]]> = fc.oneof(
  ruleSet(50, true).chain((a) => fc.tuple(fc.constant(a), mutated(a))),
  ruleSet(50, true).chain((a) => mutated(a).chain((b) => fc.tuple(fc.constant(a), mutated(b)))),
  fc.tuple(ruleSet(50, true), ruleSet(50, true)),
);

describe("Z3 as a second opinion", () => {
  test("agrees on 300 pairs of rule sets", { timeout: 300_000 }, async () => {
    let [equal, different] = [0, 0];
    await fc.assert(
      fc.asyncProperty(pair, async ([a, b]) => {
        const found = (await oracle.difference(a, b, "Inbound")) ?? (await oracle.difference(a, b, "Outbound"));
        const comparison = compare(parseSecurityGroup(a), parseSecurityGroup(b));
        expect(comparison.equal).toBe(found === null);
        if (found === null) equal += 1;
        else {
          different += 1;
          expect(passes(a, found)).not.toBe(passes(b, found));
        }
      }),
      { numRuns: 300, endOnFailure: true },
    );
    expect(equal).toBeGreaterThan(20);
    expect(different).toBeGreaterThan(100);
  });
});
