import type { AzurePorts } from "../../azure/ports.ts";
import type { Amendment } from "../../domain/amendment.ts";
import type { JustInTimePolicy } from "../../domain/just-in-time-access.ts";
import type { Recommendation, RecommendationDecision } from "../../domain/recommendation.ts";
import { policyOver, standsAs } from "../../spoke/just-in-time/just-in-time-policies.ts";
import { amendmentsOfRecommendation } from "../../spoke/recommendations/amendments-of.ts";
import type { Documents } from "../../state/documents.ts";
import type { RecommendationStore } from "./recommendation-store.ts";

export interface AcceptTools {
  readonly azure: Pick<AzurePorts, "justInTime" | "adaptiveNetworkHardening">;
  readonly amendments: Documents<Amendment>;
  readonly store: RecommendationStore;
}

/**
 * Carries out a recommendation that nothing hinders, but for the run of its spoke: amendments first, then what Defender
 * writes, then the decision, so that the same again after a crash does what was left. Answers it as decided, and whether
 * its spoke is to be run.
 * @throws RefusedError or TransientError where Azure refuses
 */
export async function carryOut(
  { azure, amendments, store }: AcceptTools,
  listId: string,
  recommendation: Recommendation,
  decision: RecommendationDecision,
): Promise<{ readonly recommendation: Recommendation; readonly run: boolean }> {
  const { remedy } = recommendation;
  const made = amendmentsOfRecommendation(recommendation, decision);
  const added: Amendment[] = [];
  // Of two people who accept at once the first has made it, and one that stands is not the second's to take away.
  for (const amendment of made) if (await amendments.add(amendment)) added.push(amendment);
  try {
    if (remedy.kind === "just-in-time-policy") await writePolicy(azure, recommendation.subscriptionId, remedy.policy);
    if (remedy.kind === "adaptive-network-hardening") {
      await azure.adaptiveNetworkHardening.enforce(remedy.virtualMachineId, remedy.rules);
    }
  } catch (error) {
    // What Defender did not write is not to be tolerated either.
    for (const { id } of added) await amendments.remove(id);
    throw error;
  }
  const decided = await store.update(listId, recommendation.id, (one) =>
    one.status === "Open" ? { ...one, status: "Accepted", decision, amendmentId: made[0]?.id ?? null } : one,
  );
  const run = remedy.kind === "rule" || remedy.kind === "run-spoke";
  return { recommendation: decided ?? { ...recommendation, status: "Accepted", decision }, run };
}

/** The machines were told by Resource Graph, hours ago: what the policy has by now stays, and so does what others have. */
async function writePolicy(
  { justInTime }: AcceptTools["azure"],
  subscriptionId: string,
  wanted: JustInTimePolicy,
): Promise<void> {
  const { policies } = await justInTime.observe(subscriptionId);
  const policy = policyOver(wanted, policies);
  if (policy.machines.length > 0 && !standsAs(policy, policies)) await justInTime.write(policy);
}
