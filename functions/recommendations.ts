import type { Recommendation } from "../shared/domain/recommendation.ts";
import { isSpokeName } from "../shared/domain/spoke-name.ts";
import type { SpokeRecord } from "../shared/domain/spoke-record.ts";
import { amendedSpokeOf } from "../shared/reconcile/hardening/amended-spoke-of.ts";
import { RecommendationStore } from "../shared/reconcile/hardening/recommendation-store.ts";
import type { Hindrance } from "../shared/spoke/recommendations/amended-spoke.ts";
import { hindrance } from "../shared/spoke/recommendations/hindrance.ts";
import { amendmentsOf } from "./amendments-of.ts";
import type { Composition } from "./composition.ts";

/** Where recommendations are kept. */
export async function recommendationStore(compose: Pick<Composition, "blobs">): Promise<RecommendationStore> {
  return new RecommendationStore(await compose.blobs());
}

/** What hinders a recommendation now, and the record of its spoke, if it is about one. */
export async function judgedRecommendation(
  compose: Composition,
  recommendation: Recommendation,
): Promise<{ readonly hindrance: Hindrance | null; readonly record: SpokeRecord | null }> {
  const { spoke } = recommendation;
  const record = isSpokeName(spoke) ? ((await (await compose.spokes()).readRecord(spoke))?.value ?? null) : null;
  const amended =
    record === null || record.status === "Removed"
      ? null
      : amendedSpokeOf(record, await amendmentsOf(compose, record.name), await compose.configuration());
  return { hindrance: hindrance(recommendation, amended, compose.now()), record };
}
