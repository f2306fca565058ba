import { durationMilliseconds } from "../../shared/domain/duration.ts";
import { RefusedError } from "../../shared/domain/errors.ts";
import type { Recommendation } from "../../shared/domain/recommendation.ts";
import { resourceIdKey, sameResourceId } from "../../shared/domain/resource-id.ts";
import { amendedSpokeOf } from "../../shared/reconcile/hardening/amended-spoke-of.ts";
import { HardeningStore } from "../../shared/reconcile/hardening/hardening-store.ts";
import { learnTraffic } from "../../shared/reconcile/hardening/learn-traffic.ts";
import { recommendByTraffic } from "../../shared/reconcile/hardening/recommend-by-traffic.ts";
import { listOfSpoke, type RecommendationNote } from "../../shared/reconcile/hardening/recommendation-store.ts";
import { agedRules, youngRules } from "../../shared/reconcile/hardening/rules-since.ts";
import { networkKey } from "../../shared/spoke/flow-log-enforcement/running-interfaces.ts";
import { blockedSince } from "../../shared/spoke/recommendations/blocked-since.ts";
import { isReopened } from "../../shared/spoke/recommendations/is-reopened.ts";
import type { SpokeOfPass } from "../activities/names.ts";
import { amendmentsOf } from "../amendments-of.ts";
import type { Composition } from "../composition.ts";
import { recommendationStore } from "../recommendations.ts";

/**
 * Takes in what the traffic of one spoke recommends, and tells what accepted changes have blocked since. A spoke that is at
 * work, fits the platform no longer, or whose flow log cannot be read is left as it was, with a note.
 */
export async function learnFromTraffic(compose: Composition, { pass, spoke }: SpokeOfPass): Promise<void> {
  const [azure, configuration, spokes, blobs] = await Promise.all([
    compose.azure(),
    compose.configuration(),
    compose.spokes(),
    compose.blobs(),
  ]);
  const record = (await spokes.readRecord(spoke))?.value;
  if (record === undefined || record.status !== "Succeeded") return;
  const store = new HardeningStore(blobs);
  const seen = await store.readSight(pass, record.request.subscriptionId);
  const lookedAt = compose.now();
  const amendments = await amendmentsOf(compose, spoke);
  const amended = amendedSpokeOf(record, amendments, configuration);
  if (seen === null || amended === null) return;
  const storageId = configuration.flowLogs.storageAccountIds[record.request.location] ?? "";
  const storage = seen.storages.find(({ id }) => sameResourceId(id, storageId));
  const flowLogId = amended.design.names.flowLog;
  const recommendations = await recommendationStore(compose);
  const listId = listOfSpoke(spoke);
  const now = compose.now();
  const tell = (notes: readonly RecommendationNote[]) => recommendations.merge(listId, [], () => false, notes, now);
  if (storage?.blobEndpoint == null) return tell([note("FlowLogStorageUnknown", spoke, "its storage is not known.")]);

  const rules = agedRules(amended.resources, await store.knownRules(spoke), now);
  await store.keepRules(spoke, rules);
  const length = durationMilliseconds(configuration.enforcement.learningWindow) ?? 0;
  try {
    const tools = { flowLogBlobs: azure.flowLogBlobs, blobs };
    const where = { flowLogId, blobEndpoint: storage.blobEndpoint };
    const traffic = await learnTraffic(tools, spoke, where, Date.parse(now), length);
    if (traffic === "nothing")
      return await tell([note("NoTrafficLogged", spoke, "nothing was logged in the learning window.")]);
    if (traffic === "too-much")
      return await tell([note("TooMuchTraffic", spoke, "more distinct flows than can be judged.")]);
    const network = resourceIdKey(amended.design.names.virtualNetwork);
    const interfaces = seen.sight.interfaces.filter(({ subnetIds }) =>
      subnetIds.some((id) => networkKey(id) === network),
    );
    const { found, notJudged } = recommendByTraffic(amended, interfaces, traffic, (id) => youngRules(rules, id));
    const notes = notJudged.map(({ code, subnet, message }) => note(code, `${spoke}/${subnet}`, message));
    const unjudged = new Set(notJudged.map(({ networkSecurityGroupId }) => resourceIdKey(networkSecurityGroupId)));
    const looked = (one: Recommendation) => !unjudged.has(resourceIdKey(one.resourceId));
    const amendmentIds = new Set(amendments.map(({ id }) => id));
    const reopened = (one: Recommendation) => isReopened(one, amendmentIds, lookedAt);
    await recommendations.merge(listId, found, looked, notes, now, reopened);
    const denied = traffic.flows.filter(({ allowed }) => !allowed);
    const list = await recommendations.read(listId);
    for (const one of list?.recommendations ?? []) {
      if (one.amendmentId === null) continue;
      const findings = blockedSince(one, denied, amended.design.ruleContext);
      await recommendations.update(listId, one.id, (stored) =>
        JSON.stringify(stored.findings) === JSON.stringify(findings) ? stored : { ...stored, findings },
      );
    }
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    await tell([note(error.failure.code, spoke, error.failure.message)]);
  }
}

function note(code: string, about: string, message: string): RecommendationNote {
  return { code, message: `${about}: ${message}` };
}
