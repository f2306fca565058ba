import { describe, expect, test } from "vitest";
import { parseSecurityGroup } from "../../../shared/rules/meaning/parse-security-group.ts";
import { parseIntent } from "../../../shared/rules/prove/parse-intent.ts";
import { prove } from "../../../shared/rules/prove/prove.ts";
import { ruleOf } from "./meaning/rule-of.ts";

const app = { sourceApplicationSecurityGroups: [{ id: "/asg-app" }] };
const sql = {
  destinationApplicationSecurityGroups: [{ id: "/asg-data" }],
  protocol: "Tcp",
  destinationPortRange: "1433",
};
const intent = [ruleOf({ name: "App to SQL", ...app, ...sql })];
const denyAll = (direction: string) =>
  ruleOf({ name: `DenyAll${direction}`, direction, priority: 4096, access: "Deny" });
const closed = [denyAll("Inbound"), denyAll("Outbound")];

const proof = (flows: unknown[], ...groups: unknown[][]) =>
  prove(
    parseIntent(flows),
    groups.map((rules, index) => ({ ...parseSecurityGroup(rules), name: `nsg-${index}` })),
  );

describe("proof that exactly the intended flows pass", () => {
  test("holds for rules that say the intent in other words", () => {
    const rules = [
      ruleOf({ priority: 100, access: "Deny", ...app, destinationPortRange: "0-1432" }),
      ruleOf({ priority: 200, ...app, ...sql }),
      ...closed,
    ];
    expect(proof(intent, rules)).toEqual({ proven: true, counterexample: null });
  });

  test("a flow that passes unintended is shown with the rule that lets it pass", () => {
    const { counterexample } = proof(intent, [
      ruleOf({ priority: 200, ...app, ...sql, destinationPortRange: "1433-1434" }),
      ...closed,
    ]);
    expect(counterexample).toMatchObject({
      kind: "unintended",
      packet: { direction: "Inbound", destinationPort: 1434 },
      decisions: [{ networkSecurityGroup: "nsg-0", rule: "rule", access: "Allow" }],
    });
    expect(counterexample?.memberships).toEqual({ source: ["asg:/asg-app"], destination: ["asg:/asg-data"] });
  });

  test("an intended flow that does not pass is shown with the rule that stops it", () => {
    expect(proof(intent, closed).counterexample).toMatchObject({
      kind: "missing",
      decisions: [{ rule: "DenyAllInbound", access: "Deny" }],
    });
  });

  test("without a closing rule the defaults let more pass", () => {
    const { counterexample } = proof(intent, [ruleOf({ priority: 200, ...app, ...sql }), denyAll("Outbound")]);
    expect(counterexample).toMatchObject({ kind: "unintended", decisions: [{ access: "Allow" }] });
  });

  test("a packet must pass the subnet's and the NIC's group", () => {
    const open = [ruleOf(), ruleOf({ direction: "Outbound" })];
    const right = [ruleOf({ priority: 200, ...app, ...sql }), ...closed];
    expect(proof(intent, open, right).proven).toBe(true);
    expect(proof(intent, right, closed).counterexample).toMatchObject({
      kind: "missing",
      decisions: [{ access: "Allow" }, { access: "Deny" }],
    });
  });

  test("trap 11: an allow for a tag that is not known may reach anything", () => {
    const tag = ruleOf({ priority: 300, sourceAddressPrefix: "SomeNewService", ...sql });
    const { counterexample } = proof(intent, [ruleOf({ priority: 200, ...app, ...sql }), tag, ...closed]);
    expect(counterexample?.kind).toBe("unintended");
    expect(counterexample?.memberships.source).toEqual(["tag:somenewservice"]);
  });

  test("trap 11: a deny for a tag that is not known makes no room for an unintended allow", () => {
    const deny = ruleOf({ priority: 150, access: "Deny", sourceAddressPrefix: "SomeNewService" });
    const { counterexample } = proof(intent, [deny, ruleOf({ priority: 200 }), ...closed]);
    expect(counterexample?.kind).toBe("unintended");
    expect(counterexample?.memberships.source).not.toContain("tag:somenewservice");
  });

  test("an intent that denies is refused", () => {
    expect(() => parseIntent([ruleOf({ access: "Deny" })])).toThrow("does not allow");
  });

  test("rules that would cost too much are refused as too complex", () => {
    expect(() => prove(parseIntent(intent), [parseSecurityGroup(closed)], 1)).toThrow("RulesTooComplex");
  });
});
