import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compare, meansSame } from "../../../shared/rules/compare/compare.ts";
import { fingerprint } from "../../../shared/rules/decision-diagram/fingerprint.ts";
import { parseSecurityGroup } from "../../../shared/rules/meaning/parse-security-group.ts";
import { type PlainRule, passes } from "./brute-force.ts";
import { packetGrid } from "./packet-grid.ts";
import { closing, inOrder, mutated, ruleSet } from "./rule-sets.ts";

const compared = (a: readonly PlainRule[], b: readonly PlainRule[]) =>
  compare(parseSecurityGroup(a), parseSecurityGroup(b));

function differsOnGrid(a: readonly PlainRule[], b: readonly PlainRule[]): boolean {
  for (const packet of packetGrid([...a, ...b])) if (passes(a, packet) !== passes(b, packet)) return true;
  return false;
}

/** The witness holds when the independent evaluator says of both sides what the comparison says. */
function expectConfirmed(a: readonly PlainRule[], b: readonly PlainRule[]): void {
  const { witness } = compared(a, b);
  if (witness === null) throw new Error("no witness");
  expect(witness.aAllows).not.toBe(witness.bAllows);
  expect([passes(a, witness.packet), passes(b, witness.packet)]).toEqual([witness.aAllows, witness.bAllows]);
}

const pairs = (maxLength: number, closed: boolean) =>
  ruleSet(maxLength, closed).chain((a) => fc.tuple(fc.constant(a), mutated(a)));

describe("comparison against packet by packet evaluation", { timeout: 120_000 }, () => {
  test("closed rule sets: equal exactly when no packet is treated differently, and the witness is such a packet", () => {
    fc.assert(
      fc.property(pairs(4, true), ([a, b]) => {
        const differs = differsOnGrid(a, b);
        expect(compared(a, b).equal).toBe(!differs);
        if (differs) expectConfirmed(a, b);
      }),
      { numRuns: 80 },
    );
  });

  test("rules that moved among rules which cover each other: equal exactly where the fingerprints are", () => {
    const nested = fc.record({
      access: fc.constantFrom("Allow", "Deny"),
      prefix: fc.constantFrom(
        "10.0.0.0/8",
        "10.0.0.0/16",
        "10.1.0.0/16",
        "10.0.0.0/24",
        "10.0.0.0/25",
        "10.0.0.128/25",
      ),
      ports: fc.constantFrom("*", "443", "0-1023"),
    });
    const moves = fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 3 });
    let differing = 0;
    fc.assert(
      fc.property(fc.array(nested, { minLength: 3, maxLength: 14 }), moves, (rules, steps) => {
        const moved = [...rules];
        for (const [from, to] of steps) moved.splice(to % rules.length, 0, ...moved.splice(from % rules.length, 1));
        const [a, b] = [rules, moved].map((list) =>
          parseSecurityGroup([
            ...inOrder(
              list.map(({ access, prefix, ports }) => ({
                ...closing("Inbound"),
                access,
                destinationAddressPrefixes: [prefix],
                destinationPortRanges: [ports],
              })),
            ),
            closing("Inbound"),
          ]),
        ) as [ReturnType<typeof parseSecurityGroup>, ReturnType<typeof parseSecurityGroup>];
        const { equal } = compare(a, b);
        if (!equal) differing += 1;
        expect(equal).toBe(fingerprint(a.Inbound) === fingerprint(b.Inbound));
      }),
      { numRuns: 3000 },
    );
    expect(differing).toBeGreaterThan(300);
  });

  test("unrelated closed rule sets too", () => {
    fc.assert(
      fc.property(ruleSet(3, true), ruleSet(3, true), (a, b) => {
        const differs = differsOnGrid(a, b);
        expect(compared(a, b).equal).toBe(!differs);
        if (differs) expectConfirmed(a, b);
      }),
      { numRuns: 100 },
    );
  });

  test("where default rules decide, every packet that is treated differently in a usual network is found", () => {
    fc.assert(
      fc.property(pairs(3, false), ([a, b]) => {
        if (!differsOnGrid(a, b)) return;
        expectConfirmed(a, b);
      }),
      { numRuns: 60 },
    );
  });

  test("mutations of larger sets: every witness is confirmed", () => {
    fc.assert(
      fc.property(pairs(60, true), ([a, b]) => {
        if (!compared(a, b).equal) expectConfirmed(a, b);
      }),
      { numRuns: 300 },
    );
  });

  test("fingerprints are equal exactly when the comparison says equal", () => {
    fc.assert(
      fc.property(pairs(8, false), ([a, b]) => {
        const [groupA, groupB] = [parseSecurityGroup(a), parseSecurityGroup(b)];
        const same = (["Inbound", "Outbound"] as const).every(
          (direction) => fingerprint(groupA[direction]) === fingerprint(groupB[direction]),
        );
        expect(compare(groupA, groupB).equal).toBe(same);
      }),
      { numRuns: 300 },
    );
  });
});

test("a difference that was found in time is answered, however long it takes to find a plainer packet", () => {
  const found = (a: readonly PlainRule[], b: readonly PlainRule[], limit: number): boolean => {
    try {
      const [rulesOfA, rulesOfB] = [parseSecurityGroup(a).Inbound, parseSecurityGroup(b).Inbound];
      return !meansSame(rulesOfA, rulesOfB, limit);
    } catch {
      return false;
    }
  };
  fc.assert(
    fc.property(pairs(30, false), fc.integer({ min: 1, max: 2000 }), ([a, b], limit) => {
      const inbound = (rules: readonly PlainRule[]) => rules.filter(({ direction }) => direction === "Inbound");
      if (!found(inbound(a), inbound(b), limit)) return;
      const groups = [parseSecurityGroup(inbound(a)), parseSecurityGroup(inbound(b))] as const;
      expect(compare(...groups, limit).equal).toBe(false);
    }),
    { numRuns: 2000 },
  );
});

describe("rewritings that do not change the meaning are called equal", () => {
  const rewritten = (rules: readonly PlainRule[], rewrite: (own: PlainRule[]) => Omit<PlainRule, "priority">[]) => {
    const own = rules.filter(({ priority }) => priority < 4096);
    return [...inOrder(rewrite(own)), ...rules.filter(({ priority }) => priority === 4096)];
  };
  const equal = (rewrite: (own: PlainRule[], at: number) => Omit<PlainRule, "priority">[]) =>
    fc.assert(
      fc.property(ruleSet(40, true), fc.nat(), (rules, at) => {
        const after = rewritten(rules, (own) => rewrite(own, own.length === 0 ? 0 : at % own.length));
        expect(compared(rules, after)).toEqual({ equal: true, witness: null });
      }),
      { numRuns: 150 },
    );

  test("a rule split by its ports", () =>
    equal((own, at) =>
      own.flatMap((rule, index) =>
        index === at && rule.destinationPortRanges[0] === "*"
          ? [
              { ...rule, destinationPortRanges: ["0-1023"] },
              { ...rule, destinationPortRanges: ["1024-65535"] },
            ]
          : [rule],
      ),
    ));

  test("a rule split by its prefixes", () =>
    equal((own, at) =>
      own.flatMap((rule, index) =>
        index === at
          ? rule.sourceAddressPrefixes.map((prefix) => ({ ...rule, sourceAddressPrefixes: [prefix] }))
          : [rule],
      ),
    ));

  test("a rule repeated further down, where it decides nothing", () =>
    equal((own, at) => [...own, ...own.slice(at, at + 1)]));

  test("neighbours of equal access exchanged", () =>
    equal((own, at) => {
      const [one, two] = own.slice(at, at + 2);
      if (one === undefined || two === undefined || one.access !== two.access) return own;
      return [...own.slice(0, at), two, one, ...own.slice(at + 2)];
    }));

  test("the lists of a rule in another order, its names and case changed", () =>
    equal((own) =>
      own.map((rule) => ({
        ...rule,
        name: "renamed",
        protocol: rule.protocol.toUpperCase(),
        sourceAddressPrefixes: rule.sourceAddressPrefixes.toReversed(),
      })),
    ));
});
