import fc from "fast-check";
import { expect, test } from "vitest";
import { parseSecurityGroup } from "../../../shared/rules/meaning/parse-security-group.ts";
import { parseIntent } from "../../../shared/rules/prove/parse-intent.ts";
import { prove } from "../../../shared/rules/prove/prove.ts";
import { passes } from "./brute-force.ts";
import { packetGrid } from "./packet-grid.ts";
import { closing, ruleSet } from "./rule-sets.ts";

const closed = [closing("Inbound"), closing("Outbound")];

test("proven exactly when every packet passes that is intended and no other; a counterexample is such a packet", {
  timeout: 120_000,
}, () => {
  const question = fc.tuple(ruleSet(2, false), ruleSet(2, true), ruleSet(2, true), fc.boolean());
  fc.assert(
    fc.property(question, ([flows, subnet, nic, same]) => {
      const intent = flows.map((rule) => ({ ...rule, access: "Allow" as const }));
      const chain = same ? [[...intent, ...closed]] : [subnet, nic];
      const passesAll = (packet: Parameters<typeof passes>[1]) => chain.every((rules) => passes(rules, packet));
      const { counterexample } = prove(
        parseIntent(intent),
        chain.map((rules) => parseSecurityGroup(rules)),
      );
      const grid = [...packetGrid([...intent, ...chain.flat()])];
      const wrong = grid.some((packet) => passesAll(packet) !== passes([...intent, ...closed], packet));
      expect(counterexample !== null).toBe(wrong);
      if (counterexample === null) return;
      const { kind, packet } = counterexample;
      expect(passesAll(packet)).toBe(kind === "unintended");
      expect(passes([...intent, ...closed], packet)).toBe(kind === "missing");
    }),
    { numRuns: 100 },
  );
});
