import { expect, test } from "vitest";
import type { SecurityRuleBody } from "../../../shared/domain/resource.ts";
import { proveDesign } from "../../../shared/spoke/prove-design.ts";
import type { SpokeDesign } from "../../../shared/spoke/spoke-design.ts";
import { contractRequest, stateOf } from "./example.ts";

function withRules(
  design: SpokeDesign,
  tier: string,
  edit: (rules: readonly SecurityRuleBody[]) => SecurityRuleBody[],
) {
  const tiers = new Map(design.rules.tiers);
  tiers.set(tier, edit(tiers.get(tier) ?? []));
  return { ...design, rules: { ...design.rules, tiers } };
}

test("a spoke's rules are proven, with a hash of their meaning for each NSG", () => {
  const design = stateOf(contractRequest).design;
  const proof = proveDesign(design);
  expect(proof.status).toBe("Proven");
  expect(proof.networkSecurityGroups.map(({ id }) => id.split("/").at(-1))).toEqual([
    "nsg-orders-prod-gateway",
    "nsg-orders-prod-front",
    "nsg-orders-prod-app",
    "nsg-orders-prod-data",
  ]);
  const renamed = withRules(design, "data", (rules) => rules.map((rule) => ({ ...rule, name: `x-${rule.name}` })));
  expect(proveDesign(renamed).networkSecurityGroups).toEqual(proof.networkSecurityGroups);
});

test("a rule that opens more than is meant refuses the plan, and the refusal names a packet and the rule", () => {
  const design = withRules(stateOf(contractRequest).design, "data", (rules) =>
    rules.map((rule) =>
      rule.name === "Allow-SQL-LB-to-SQL-VMs-Inbound" ? { ...rule, sourceAddressPrefixes: ["*"] } : rule,
    ),
  );
  expect(() => proveDesign(design)).toThrow(
    expect.objectContaining({
      failure: expect.objectContaining({
        code: "ProofFailed",
        message: expect.stringMatching(
          /:1433\) passes and is not meant to: inbound, rule Allow-SQL-LB-to-SQL-VMs-Inbound/,
        ),
        resourceId: expect.stringContaining("nsg-orders-prod-data"),
      }),
    }),
  );
});

test("a flow that is held back refuses it too", () => {
  const design = withRules(stateOf(contractRequest).design, "data", (rules) =>
    rules.filter((rule) => rule.name !== "Allow-App-Tier-to-SQL-VMs-Inbound"),
  );
  expect(() => proveDesign(design)).toThrow(
    /tier app .* to tier data .* is meant to pass and does not.*DenyAllInbound/,
  );
});
