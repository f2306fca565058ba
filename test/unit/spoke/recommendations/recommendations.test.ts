import { describe, expect, test } from "vitest";
import type { Recommendation } from "../../../../shared/domain/recommendation.ts";
import type { SecurityRuleBody } from "../../../../shared/domain/resource.ts";
import { inOrder } from "../../../../shared/spoke/recommendations/in-order.ts";
import { isReopened } from "../../../../shared/spoke/recommendations/is-reopened.ts";
import {
  type FoundRecommendation,
  mergeRecommendations,
} from "../../../../shared/spoke/recommendations/merge-recommendations.ts";
import { recommendationId } from "../../../../shared/spoke/recommendations/recommendation-id.ts";

const found: FoundRecommendation = {
  id: "defender-assessment-1",
  source: "defender-assessment",
  spoke: null,
  subscriptionId: "s",
  resourceGroup: "rg",
  resourceId: "/vm",
  title: "Management ports should be closed",
  severity: "medium",
  tactics: [],
  scoreGain: 2,
  reasons: [],
  advice: "Close them.",
  remedy: { kind: "by-hand" },
  evidence: {},
  replay: null,
  difference: null,
  keepsGuidance: null,
  safe: false,
};
const [first, later] = ["2026-11-27T10:00:00.000Z", "2026-11-28T10:00:00.000Z"];
const [open] = mergeRecommendations([], [found], () => true, first) as [Recommendation];
const decision = { by: { objectId: "o", name: "Olga" }, at: first, reason: "", ticket: null, automatically: false };

describe("what is found and what is stored", () => {
  test("what is new is open; found again it keeps its first day and takes what is new of it", () => {
    expect(open).toMatchObject({ status: "Open", firstSeenAt: first, lastSeenAt: first, decision: null });
    expect(mergeRecommendations([open], [{ ...found, severity: "high" }], () => true, later)).toMatchObject([
      { status: "Open", severity: "high", firstSeenAt: first, lastSeenAt: later },
    ]);
  });

  test("what is decided stays so while it is still found, and has been applied when it is not", () => {
    const accepted: Recommendation = { ...open, status: "Accepted", decision };
    expect(mergeRecommendations([accepted], [found], () => true, later)).toMatchObject([
      { status: "Accepted", decision },
    ]);
    expect(mergeRecommendations([accepted], [], () => true, later)).toMatchObject([{ status: "Applied", decision }]);
  });

  test("what is not found any more is gone; where nobody looked nothing is said", () => {
    expect(mergeRecommendations([open], [], () => true, later)).toMatchObject([{ status: "Gone", lastSeenAt: first }]);
    expect(mergeRecommendations([open], [], () => false, later)).toEqual([]);
  });

  test("what comes back is open again, and its old decision counts no more", () => {
    for (const status of ["Gone", "Applied"] as const) {
      const before: Recommendation = { ...open, status, decision, amendmentId: "a-1" };
      expect(mergeRecommendations([before], [found], () => true, later)).toMatchObject([
        { status: "Open", decision: null, amendmentId: null, firstSeenAt: first },
      ]);
    }
  });
});

describe("what was decided counts no more", () => {
  const rule = { name: "r" } as SecurityRuleBody;
  const change = { networkSecurityGroupId: "/nsg", rule: "r", kind: "remove", before: rule, after: null } as const;
  const narrowing: FoundRecommendation = {
    ...found,
    source: "flow-logs",
    remedy: { kind: "rule", change },
    safe: true,
  };
  const policy = { id: "/policy", location: "westeurope", machines: [] };
  const access: FoundRecommendation = { ...found, remedy: { kind: "just-in-time-policy", policy } };
  const run: FoundRecommendation = { ...found, remedy: { kind: "run-spoke" } };
  const decided = (one: FoundRecommendation, more: Partial<Recommendation> = {}): Recommendation => ({
    ...open,
    ...one,
    status: "Accepted",
    decision,
    ...more,
  });
  const accepted = decided(narrowing, { amendmentId: "accepted-1" });
  const hoursOn = (hours: number) => new Date(Date.parse(first) + hours * 3_600_000).toISOString();

  test("a change of a rule, once its amendment is taken back: open to people, with who had decided", () => {
    expect(isReopened(accepted, new Set(["accepted-1"]), later)).toBe(false);
    expect(isReopened(accepted, new Set(), later)).toBe(true);
    expect(isReopened(accepted, new Set(), hoursOn(-1))).toBe(false);
    for (const status of ["Accepted", "Applied"] as const) {
      const [reopened] = mergeRecommendations(
        [{ ...accepted, status }],
        [narrowing],
        () => true,
        later,
        () => true,
      );
      expect(reopened).toMatchObject({ status: "Open", decision, amendmentId: null });
    }
    const [gone] = mergeRecommendations(
      [accepted],
      [],
      () => true,
      later,
      () => true,
    );
    expect(gone).toMatchObject({ status: "Gone" });
  });

  test("a policy, once the pass after finds it otherwise, as where a machine came; a run, once Defender says so for days", () => {
    expect(isReopened(decided(access), new Set(), hoursOn(1))).toBe(true);
    expect(isReopened(decided(run), new Set(), hoursOn(24))).toBe(false);
    expect(isReopened(decided(run), new Set(), hoursOn(72))).toBe(true);
    expect(isReopened({ ...open, ...access }, new Set(), hoursOn(1))).toBe(false);
    const [again] = mergeRecommendations(
      [decided(access)],
      [access],
      () => true,
      later,
      () => true,
    );
    expect(again).toMatchObject({ status: "Open", decision: null });
  });
});

test("the most points of the secure score come first, then the most severe", () => {
  const all: Recommendation[] = [
    { ...open, id: "a", scoreGain: null, severity: "critical" },
    { ...open, id: "b", scoreGain: 1, severity: "low" },
    { ...open, id: "c", scoreGain: 4, severity: "low" },
    { ...open, id: "d", scoreGain: null, severity: "information" },
    { ...open, id: "e", scoreGain: 1, severity: "high" },
  ];
  expect(inOrder(all).map(({ id }) => id)).toEqual(["c", "e", "b", "a", "d"]);
});

test("ids are the same for the same, whatever the case, and tell parts apart", () => {
  expect(recommendationId("flow-logs", "/NSG", "rule")).toBe(recommendationId("flow-logs", "/nsg", "Rule"));
  expect(recommendationId("flow-logs", "a", "bc")).not.toBe(recommendationId("flow-logs", "ab", "c"));
  expect(recommendationId("adaptive-network-hardening", "x")).toMatch(/^[a-z0-9][a-z0-9-]{0,79}$/);
});
