import type { ManagedRuleSet, PolicySettings } from "@azure/arm-network";
import { describe, expect, it } from "vitest";
import { all, expectRefusal, group, location, useNetwork } from "../network-fixture.ts";
import { policyId, preventing } from "./gateway-fixture.ts";

const fixture = useNetwork();
const policies = () => fixture.client.webApplicationFirewallPolicies;
const put = (managedRuleSets: ManagedRuleSet[], policySettings: PolicySettings = {}) =>
  policies().createOrUpdate(group, "waf", { location, policySettings, managedRules: { managedRuleSets } });
const set = (ruleSetType: string, ruleSetVersion: string): ManagedRuleSet => ({ ruleSetType, ruleSetVersion });
const newest = set("Microsoft_DefaultRuleSet", "2.2");

describe("a web application firewall policy", () => {
  it("stands as soon as it is written, is read, listed and deleted", async () => {
    const created = await policies().createOrUpdate(group, "waf", { ...preventing, tags: { a: "b" } });
    expect(created).toMatchObject({
      id: policyId,
      type: "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies",
      provisioningState: "Succeeded",
      tags: { a: "b" },
      policySettings: { state: "Enabled", mode: "Prevention", requestBodyCheck: true, maxRequestBodySizeInKb: 128 },
      managedRules: { managedRuleSets: [newest] },
    });
    expect(created.etag).toMatch(/^W\//);
    expect((await all(policies().list(group))).map(({ name }) => name)).toEqual(["waf"]);
    expect((await all(policies().listAll())).map(({ name }) => name)).toEqual(["waf"]);
    await policies().delete(group, "waf");
    await policies().delete(group, "waf");
    await expectRefusal(policies().get(group, "waf"), 404, "ResourceNotFound");
  });

  it("detects nothing by default", async () => {
    expect((await put([newest])).policySettings).toMatchObject({ state: "Disabled", mode: "Detection" });
  });

  it.each([
    [[set("Microsoft_DefaultRuleSet", "2.1"), set("Microsoft_BotManagerRuleSet", "1.1")]],
    [[set("OWASP", "3.2"), set("Microsoft_BotManagerRuleSet", "1.0")]],
  ])("takes the rule sets %j", async (sets) => {
    expect((await put(sets)).managedRules?.managedRuleSets).toMatchObject(sets);
  });

  it.each<[string, ManagedRuleSet[], PolicySettings, number, string]>([
    ["without rules", [], {}, 400, "WebApplicationFirewallPolicyInvalidManagedRuleSets"],
    [
      "with bot rules alone",
      [set("Microsoft_BotManagerRuleSet", "1.1")],
      {},
      400,
      "WebApplicationFirewallPolicyInvalidManagedRuleSets",
    ],
    [
      "with two default rule sets",
      [newest, set("OWASP", "3.2")],
      {},
      400,
      "WebApplicationFirewallPolicyInvalidManagedRuleSets",
    ],
    ["with an unknown version", [set("Microsoft_DefaultRuleSet", "9.9")], {}, 400, "InvalidParameter"],
    ["with an unknown rule set", [set("Mine", "1.0")], {}, 400, "InvalidRequestFormat"],
    ["with an old rule set", [set("OWASP", "3.0")], {}, 501, "NotImplementedByLocalAzure"],
    [
      "with a body limit too high",
      [newest],
      { maxRequestBodySizeInKb: 4000 },
      400,
      "WebApplicationFirewallPolicyInvalidLimit",
    ],
    ["with an unknown mode", [newest], { mode: "Off" }, 400, "InvalidRequestFormat"],
  ])("is refused %s", async (_what, sets, settings, status, code) => {
    await expectRefusal(put(sets, settings), status, code);
  });
});
