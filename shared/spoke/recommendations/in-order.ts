import type { Recommendation } from "../../domain/recommendation.ts";

const severities = ["critical", "high", "medium", "low", "information"] as const;

/** What brings the most first: points of the secure score, then severity, then flows that the change no longer lets pass. */
export function inOrder(recommendations: readonly Recommendation[]): Recommendation[] {
  return recommendations.toSorted(
    (a, b) =>
      (b.scoreGain ?? 0) - (a.scoreGain ?? 0) ||
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      (b.difference?.lost.length ?? 0) - (a.difference?.lost.length ?? 0) ||
      (a.id < b.id ? -1 : 1),
  );
}
