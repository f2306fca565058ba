import { describe, expect, test } from "vitest";
import type { AdaptiveRule, Recommendation } from "../../../../shared/domain/recommendation.ts";
import type { SecurityRuleBody } from "../../../../shared/domain/resource.ts";
import { amend } from "../../../../shared/spoke/amend.ts";
import type { AmendedSpoke } from "../../../../shared/spoke/recommendations/amended-spoke.ts";
import { amendmentsOfRecommendation } from "../../../../shared/spoke/recommendations/amendments-of.ts";
import { blockedSince, type DeniedFlow } from "../../../../shared/spoke/recommendations/blocked-since.ts";
import { hindrance } from "../../../../shared/spoke/recommendations/hindrance.ts";
import { contractRequest, resourceOf, stateOf } from "../example.ts";

const state = stateOf(contractRequest);
const spoke: AmendedSpoke = { design: state.design, resources: state.resources, isOwnRule: () => true };
const type = "Microsoft.Network/networkSecurityGroups";
const dataGroup = resourceOf(state, type, "nsg-orders-prod-data");
const ruleNamed = (name: string): SecurityRuleBody => {
  const found = dataGroup.body.securityRules.find((rule) => rule.name === name);
  if (found === undefined) throw new Error(`no rule ${name}`);
  return found;
};
const management = ruleNamed("Allow-Management-10.0.1.0-26-Tcp-443-Inbound");
const now = "2026-11-27T12:00:00.000Z";
const narrowed: SecurityRuleBody = { ...management, sourceAddressPrefixes: ["10.0.1.7/32"] };

const open: Recommendation = {
  id: "flow-logs-1",
  source: "flow-logs",
  status: "Open",
  spoke: "orders-prod",
  subscriptionId: "11111111-1111-1111-1111-111111111111",
  resourceGroup: "rg-orders-prod",
  resourceId: dataGroup.id,
  title: "Narrow it",
  severity: "low",
  tactics: [],
  scoreGain: null,
  reasons: [],
  advice: "By hand then.",
  remedy: {
    kind: "rule",
    change: {
      networkSecurityGroupId: dataGroup.id,
      rule: management.name,
      kind: "narrow",
      before: management,
      after: narrowed,
    },
  },
  evidence: {},
  replay: null,
  difference: null,
  keepsGuidance: false,
  safe: false,
  firstSeenAt: now,
  lastSeenAt: now,
  decision: null,
  amendmentId: null,
  findings: [],
};
const decision = { by: { objectId: "o", name: "Olga" }, at: now, reason: "", ticket: "NET-1", automatically: false };
const codeOf = (recommendation: Recommendation, of: AmendedSpoke | null = spoke, at = now) =>
  hindrance(recommendation, of, at)?.code ?? null;
const adaptive = (rules: readonly AdaptiveRule[]): Recommendation => ({
  ...open,
  remedy: { kind: "adaptive-network-hardening", virtualMachineId: "/vm", rules },
});
const adaptiveRule: AdaptiveRule = {
  name: "SystemRule-443",
  direction: "Inbound",
  destinationPort: 443,
  protocols: ["Tcp"],
  ipAddresses: ["10.0.1.7"],
  networkSecurityGroupIds: [dataGroup.id],
};

describe("what hinders a recommendation", () => {
  test("nothing, while it is open and its rule is the one that was replayed", () => {
    expect(codeOf(open)).toBeNull();
  });

  test("another status, nothing to do, age", () => {
    for (const status of ["Accepted", "Applied", "Gone"] as const) expect(codeOf({ ...open, status })).toBe("NotOpen");
    expect(codeOf({ ...open, remedy: { kind: "by-hand" } })).toBe("ByHand");
    expect(codeOf({ ...open, spoke: null }, null)).toBe("ByHand");
    expect(codeOf(open, null)).toBe("Stale");
    const policy = { id: "/policy", location: "westeurope", machines: [] };
    const access: Recommendation = { ...open, remedy: { kind: "just-in-time-policy", policy } };
    expect(codeOf(access)).toBeNull();
    expect(codeOf(access, null)).toBe("Stale");
    expect(codeOf(open, spoke, "2026-11-29T11:59:59.000Z")).toBeNull();
    expect(codeOf(open, spoke, "2026-11-29T12:00:01.000Z")).toBe("Stale");
  });

  test("a rule that is otherwise by now, or no more; its words do not count", () => {
    const changed = (before: SecurityRuleBody): Recommendation => ({
      ...open,
      remedy: {
        kind: "rule",
        change: { networkSecurityGroupId: dataGroup.id, rule: before.name, kind: "remove", before, after: null },
      },
    });
    expect(codeOf(changed({ ...management, destinationPortRanges: ["8443"] }))).toBe("Stale");
    expect(codeOf(changed({ ...management, name: "Gone" }))).toBe("Stale");
    expect(codeOf(changed({ ...management, description: "other words" }))).toBeNull();
  });

  test("rules of Defender that let more in than the spoke does, or that are for no NSG of the spoke", () => {
    expect(codeOf(adaptive([adaptiveRule]))).toBeNull();
    expect(codeOf(adaptive([{ ...adaptiveRule, ipAddresses: ["203.0.113.7"] }]))).toBe("LetsMoreIn");
    expect(codeOf(adaptive([{ ...adaptiveRule, destinationPort: 22 }]))).toBe("LetsMoreIn");
    expect(codeOf(adaptive([{ ...adaptiveRule, ipAddresses: [] }]))).toBeNull();
    expect(codeOf(adaptive([{ ...adaptiveRule, networkSecurityGroupIds: [`${dataGroup.id}-x`] }]))).toBe("ByHand");
    expect(codeOf(adaptive([{ ...adaptiveRule, networkSecurityGroupIds: [] }]))).toBe("ByHand");
  });
});

describe("what accepting makes", () => {
  test("an amendment by which the rule shall stand as recommended, for good", () => {
    const [amendment, ...more] = amendmentsOfRecommendation(open, decision);
    expect(more).toEqual([]);
    expect(amendment).toMatchObject({ origin: "recommendation", ticket: "NET-1", expiresAt: null, reason: open.title });
    const { desired } = amend(dataGroup, null, amendment === undefined ? [] : [amendment]);
    const rules = (desired as typeof dataGroup).body.securityRules;
    expect(rules.find(({ name }) => name === management.name)).toEqual(narrowed);
    expect(rules).toHaveLength(dataGroup.body.securityRules.length);
  });

  test("a removal takes the rule out, and nothing else", () => {
    const { change } = open.remedy as Extract<Recommendation["remedy"], { kind: "rule" }>;
    const removal: Recommendation = { ...open, remedy: { kind: "rule", change: { ...change, after: null } } };
    const { desired } = amend(dataGroup, null, amendmentsOfRecommendation(removal, decision));
    const names = (desired as typeof dataGroup).body.securityRules.map(({ name }) => name);
    expect(names).toEqual(
      dataGroup.body.securityRules.map(({ name }) => name).filter((name) => name !== management.name),
    );
  });

  test("Defender's own rules are tolerated in each of their NSGs; a run and a policy amend nothing", () => {
    const rules = [{ ...adaptiveRule, networkSecurityGroupIds: ["/a", "/b"] }];
    expect(amendmentsOfRecommendation(adaptive(rules), decision)).toMatchObject([
      { id: "accepted-flow-logs-1-0", resourceId: "/a", tolerated: ["/securityRules/SystemRule-443"] },
      { id: "accepted-flow-logs-1-1", resourceId: "/b" },
    ]);
    expect(amendmentsOfRecommendation({ ...open, remedy: { kind: "run-spoke" } }, decision)).toEqual([]);
  });
});

describe("what an accepted change blocks", () => {
  const accepted: Recommendation = { ...open, status: "Accepted", decision, amendmentId: "accepted-flow-logs-1" };
  const after = Date.parse(now) + 60_000;
  const address = (text: string) => text.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  const denied: DeniedFlow = {
    source: address("10.0.1.9"),
    destination: address("10.20.0.133"),
    destinationPort: 443,
    protocol: 6,
    direction: "Inbound",
    flows: 12,
    lastSeen: after,
  };
  const codes = (flows: readonly DeniedFlow[], of = accepted) =>
    blockedSince(of, flows, state.design.ruleContext).map(({ code }) => code);

  test("is told, with the flows and the way back", () => {
    const [finding] = blockedSince(accepted, [denied], state.design.ruleContext);
    expect(finding?.code).toBe("RecommendationBlocks");
    expect(finding?.message).toContain("12 flows: Inbound 10.0.1.9 -> 10.20.0.133 Tcp 443");
    expect(finding?.remedy).toContain("/api/exemptions/accepted-flow-logs-1");
  });

  test("is only what the rule let pass before and not after, since the decision", () => {
    expect(codes([{ ...denied, source: address("10.0.1.7") }])).toEqual([]);
    expect(codes([{ ...denied, source: address("203.0.113.9") }])).toEqual([]);
    expect(codes([{ ...denied, destinationPort: 22 }])).toEqual([]);
    expect(codes([{ ...denied, protocol: 17 }])).toEqual([]);
    expect(codes([{ ...denied, direction: "Outbound" }])).toEqual([]);
    expect(codes([{ ...denied, lastSeen: Date.parse(now) }])).toEqual([]);
    expect(codes([denied], { ...accepted, decision: null })).toEqual([]);
  });
});
