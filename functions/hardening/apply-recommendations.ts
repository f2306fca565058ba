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
  const differs = perSpoke((spoke) => isOtherwise(compose, spoke));
  const waiting = new Set<string>();
  for (const { id: listId, recommendations } of await store.lists()) {
    for (const recommendation of recommendations) {
      if (waiting.size >= mostRuns) break;
      // What somebody took back once is people's to decide.
      const undecided = recommendation.status === "Open" && recommendation.decision === null;
      const due = enforcementMode === "enforce" && undecided && recommendation.safe;
      const run = due
        ? await applied({ compose, tools, differs, log }, listId, recommendation)
        : await isLeftOver(compose, recommendation);
      if (run && recommendation.spoke !== null) waiting.add(recommendation.spoke);
    }
  }
  for (const spoke of waiting) await rerunSpoke(compose, client, spoke);
}

interface Applying {
  readonly compose: Composition;
  readonly tools: AcceptTools;
  /** Whether a run of the spoke would change something. */
  readonly differs: (spoke: string) => Promise<boolean>;
  readonly log: (line: string) => void;
}

/** Applies one where it is due; answers whether its spoke is to be run. What Azure refuses is told in the log. */
async function applied(the: Applying, listId: string, recommendation: Recommendation): Promise<boolean> {
  try {
    if (!(await isDue(the, recommendation))) return false;
    const decision = { by: theTool, at: the.compose.now(), reason: "", ticket: null, automatically: true };
    return (await carryOut(the.tools, listId, recommendation, decision)).run;
  } catch (error) {
    if (!(error instanceof RefusedError || error instanceof TransientError)) throw error;
    the.log(`The recommendation ${recommendation.id} could not be applied: ${error.message}`);
    return false;
  }
}

/** Whether nothing hinders it and its spoke is at rest; the run of a spoke only where it would change something. */
async function isDue({ compose, differs }: Applying, recommendation: Recommendation): Promise<boolean> {
  const { hindrance, record } = await judgedRecommendation(compose, recommendation);
  if (hindrance !== null || (record !== null && record.status !== "Succeeded")) return false;
  return recommendation.remedy.kind !== "run-spoke" || record === null || differs(record.name);
}

async function isOtherwise(compose: Composition, spoke: string): Promise<boolean> {
  const record = (await (await compose.spokes()).readRecord(spoke))?.value;
  if (record === undefined) return false;
  const amendments = await amendmentsOf(compose, spoke);
  const azure = await compose.azure();
  const { plan } = await makePlan(azure, await compose.configuration(), record, amendments, compose.now());
  return plan.changes.some(({ action }) => action !== "none");
}

/** Asks once a spoke, however many machines of it Defender names. */
function perSpoke(ask: (spoke: string) => Promise<boolean>): (spoke: string) => Promise<boolean> {
  const answers = new Map<string, Promise<boolean>>();
  return (spoke) => {
    const answer = answers.get(spoke) ?? ask(spoke);
    answers.set(spoke, answer);
    return answer;
  };
}

/** Accepted, and the spoke was not run since. */
async function isLeftOver(compose: Composition, { status, spoke, remedy, decision }: Recommendation): Promise<boolean> {
  if (status !== "Accepted" || remedy.kind !== "rule" || spoke === null || decision === null) return false;
  const record = (await (await compose.spokes()).readRecord(spoke))?.value;
  if (record?.status !== "Succeeded") return false;
  return record.startedAt === null || record.startedAt < decision.at;
}
