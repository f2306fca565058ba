import type { DurableClient } from "durable-functions";
import { RefusedError, TransientError } from "../../shared/domain/errors.ts";
import type { Recommendation } from "../../shared/domain/recommendation.ts";
import { type AcceptTools, carryOut } from "../../shared/reconcile/hardening/carry-out.ts";
import { makePlan } from "../../shared/reconcile/make-plan.ts";
import { amendmentsOf } from "../amendments-of.ts";
import type { Composition } from "../composition.ts";
import { judgedRecommendation, recommendationStore } from "../recommendations.ts";
import { rerunSpoke, theTool } from "../rerun-spoke.ts";

/** Spokes that one pass runs again at most: the others wait for the next. */
const mostRuns = 50;

/**
 * Applies by itself, in `enforce`, what is safe: changed rules whose replay blocks nothing, that gain nothing and keep
 * the guidance; just-in-time policies; and the run of a spoke of which Defender says that it is otherwise than it shall be,
 * where it really is. All changes of a spoke go into one run. What somebody accepted and no run has taken up yet, because
 * the app died between the two, is run in every mode.
 */
export async function applyRecommendations(
  compose: Composition,
  client: DurableClient,
  log: (line: string) => void,
): Promise<void> {
  const { enforcementMode } = await compose.configuration();
  const store = await recommendationStore(compose);
  const tools = { azure: await compose.azure(), amendments: await compose.amendments(), store };
  const waiting = new Set<string>();
  for (const { id: listId, recommendations } of await store.lists()) {
    for (const recommendation of recommendations) {
      if (waiting.size >= mostRuns) break;
      const due = enforcementMode === "enforce" && recommendation.status === "Open" && recommendation.safe;
      const run = due
        ? await applied(compose, tools, listId, recommendation, log)
        : await isLeftOver(compose, recommendation);
      if (run && recommendation.spoke !== null) waiting.add(recommendation.spoke);
    }
  }
  for (const spoke of waiting) await rerunSpoke(compose, client, spoke);
}

/** Applies one where it is due; answers whether its spoke is to be run. What Azure refuses is told in the log. */
async function applied(
  compose: Composition,
  tools: AcceptTools,
  listId: string,
  recommendation: Recommendation,
  log: (line: string) => void,
): Promise<boolean> {
  try {
    if (!(await isDue(compose, recommendation))) return false;
    const decision = { by: theTool, at: compose.now(), reason: "", ticket: null, automatically: true };
    return (await carryOut(tools, listId, recommendation, decision)).run;
  } catch (error) {
    if (!(error instanceof RefusedError || error instanceof TransientError)) throw error;
    log(`The recommendation ${recommendation.id} could not be applied: ${error.message}`);
    return false;
  }
}

/** Whether nothing hinders it and its spoke is at rest; the run of a spoke only where it would change something. */
async function isDue(compose: Composition, recommendation: Recommendation): Promise<boolean> {
  const { hindrance, record } = await judgedRecommendation(compose, recommendation);
  if (hindrance !== null || (record !== null && record.status !== "Succeeded")) return false;
  if (recommendation.remedy.kind !== "run-spoke" || record === null) return true;
  const amendments = await amendmentsOf(compose, record.name);
  const azure = await compose.azure();
  const { plan } = await makePlan(azure, await compose.configuration(), record, amendments, compose.now());
  return plan.changes.some(({ action }) => action !== "none");
}

/** Accepted, and the spoke was not run since. */
async function isLeftOver(compose: Composition, { status, spoke, remedy, decision }: Recommendation): Promise<boolean> {
  if (status !== "Accepted" || remedy.kind !== "rule" || spoke === null || decision === null) return false;
  const record = (await (await compose.spokes()).readRecord(spoke))?.value;
  if (record?.status !== "Succeeded") return false;
  return record.startedAt === null || record.startedAt < decision.at;
}
