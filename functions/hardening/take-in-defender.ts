import { RefusedError } from "../../shared/domain/errors.ts";
import type { Recommendation } from "../../shared/domain/recommendation.ts";
import { HardeningStore } from "../../shared/reconcile/hardening/hardening-store.ts";
import { recommendByDefender, withoutPlan } from "../../shared/reconcile/hardening/recommend-by-defender.ts";
import { listOfSubscription } from "../../shared/reconcile/hardening/recommendation-store.ts";
import { isReopened } from "../../shared/spoke/recommendations/is-reopened.ts";
import type { SubscriptionOfPass } from "../activities/names.ts";
import type { Composition } from "../composition.ts";
import { recommendationStore } from "../recommendations.ts";
import { recordsIn } from "../records-in.ts";

/** Takes in what Defender recommends for one subscription. What it may not be asked is told as a note. */
export async function takeInDefender(
  compose: Composition,
  { pass, subscriptionId }: SubscriptionOfPass,
): Promise<void> {
  const [azure, configuration, blobs] = await Promise.all([compose.azure(), compose.configuration(), compose.blobs()]);
  const seen = await new HardeningStore(blobs).readSight(pass, subscriptionId);
  if (seen === null) return;
  const records = await recordsIn(compose, subscriptionId, (status) => status === "Succeeded");
  const store = await recommendationStore(compose);
  const listId = listOfSubscription(subscriptionId);
  const lookedAt = compose.now();
  try {
    const { found, notes } = await recommendByDefender(azure, configuration, seen.sight, records);
    // Where the plan is off nobody looked for policies: what was accepted has not been applied by that.
    const noPolicies = notes.some(({ code }) => code === withoutPlan.code);
    const looked = ({ source }: Recommendation) => source !== "just-in-time" || !noPolicies;
    const reopened = (one: Recommendation) => isReopened(one, new Set(), lookedAt);
    await store.merge(listId, found, looked, notes, compose.now(), reopened);
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    const { code, message } = error.failure;
    await store.merge(listId, [], () => false, [{ code: `Defender-${code}`, message }], compose.now());
  }
}
