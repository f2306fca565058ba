import type { Recommendation } from "../../domain/recommendation.ts";

/** A recommendation as it was found just now: who decided and since when it is known, the stored one tells. */
export type FoundRecommendation = Omit<
  Recommendation,
  "status" | "firstSeenAt" | "lastSeenAt" | "decision" | "amendmentId" | "findings"
>;

/**
 * Joins what was found now with what is stored of the same sources: what is new is open, what is found again keeps its
 * decision, what is not found any more is gone or, where it was decided, applied.
 * @param looked which stored ones would have been found if they still held; the others stay as they are
 * @param reopened of which stored ones the decision counts no more
 */
export function mergeRecommendations(
  stored: readonly Recommendation[],
  found: readonly FoundRecommendation[],
  looked: (recommendation: Recommendation) => boolean,
  now: string,
  reopened: (recommendation: Recommendation) => boolean = () => false,
): Recommendation[] {
  const known = new Map(stored.map((one) => [one.id, one]));
  const foundIds = new Set(found.map(({ id }) => id));
  const present = found.map((one): Recommendation => {
    const before = known.get(one.id);
    if (before === undefined) return { ...one, ...fresh, firstSeenAt: now, lastSeenAt: now };
    // What was gone, or was applied and has come back, is to be decided anew. Who took a change of a rule back shall not find
    // it made again: that decision stays with it, for people to see.
    if (before.status === "Gone" || before.status === "Applied" || reopened(before)) {
      const decision = one.remedy.kind === "rule" ? before.decision : null;
      return { ...before, ...one, ...fresh, decision, lastSeenAt: now };
    }
    return { ...before, ...one, lastSeenAt: now };
  });
  const absent = stored
    .filter((one) => !foundIds.has(one.id) && looked(one))
    .map((one): Recommendation => {
      const takenBack = one.remedy.kind === "rule" && reopened(one);
      if (one.status === "Open" || takenBack) return { ...one, status: "Gone" };
      return one.status === "Accepted" ? { ...one, status: "Applied" } : one;
    })
    .filter((one) => one !== known.get(one.id));
  return [...present, ...absent];
}

const fresh = { status: "Open", decision: null, amendmentId: null, findings: [] } as const;
