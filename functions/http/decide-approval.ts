import * as df from "durable-functions";
import type { Approval } from "../../shared/domain/approval.ts";
import { type ApprovalDecision, parseApprovalDecision } from "../../shared/domain/approval-decision.ts";
import { approvalOfRun } from "../../shared/domain/approval-of-run.ts";
import { isSpokeName } from "../../shared/domain/spoke-name.ts";
import type { SpokeRecord } from "../../shared/domain/spoke-record.ts";
import { StaleStateError } from "../../shared/state/blob-state.ts";
import type { Composition } from "../composition.ts";
import type { Caller } from "./caller.ts";
import { currentView } from "./current-view.ts";
import { ifMatchHolds } from "./if-match.ts";
import { Problem, problemAt, violationsProblem } from "./problem.ts";
import { readJson } from "./read-json.ts";
import { type Asked, json, type Route } from "./route.ts";
import { wakeRun } from "./start-run.ts";

const decided = { approve: "Approved", reject: "Rejected" } as const;

/**
 * `POST /api/spokes/{name}/approval`: somebody else than who asked for the run decides on it. The decision is in the
 * record before the run hears of it; the same one by the same person again wakes the run again, so that nothing is lost
 * where the call between the two was.
 */
export function decideApproval(compose: Composition): Route {
  return {
    name: "decideApproval",
    method: "POST",
    path: "spokes/{name}/approval",
    roles: ["Approve"],
    inputs: [df.input.durableClient()],
    handle: async (asked) => {
      const { name = "" } = asked.request.params;
      if (!isSpokeName(name)) throw unknown();
      const body = parseApprovalDecision(await readJson(asked.request));
      if (!body.ok) throw violationsProblem(body.violations);
      const record = await decide(compose, asked, name, body.value);
      if (record.status === "AwaitingApproval") await wakeRun(df.getClient(asked.context), record);
      return json(202, await currentView(compose, record), { location: `/api/spokes/${name}` });
    },
  };
}

/** Writes the decision over the very record that it was made on: of two at once, exactly one counts. */
async function decide(
  compose: Composition,
  { caller, request }: Asked,
  name: string,
  decision: ApprovalDecision,
): Promise<SpokeRecord> {
  const spokes = await compose.spokes();
  for (;;) {
    const stored = await spokes.readRecord(name);
    if (stored === null) throw unknown();
    const approval = awaited(stored.value, caller);
    if (isRepetition(approval, decision, caller)) return stored.value;
    checkOpen(stored.value, approval, compose.now());
    if (!ifMatchHolds(request.headers.get("if-match"), stored.etag)) throw changedSince();
    const record = withDecision(stored.value, {
      ...approval,
      status: decided[decision.decision],
      decidedBy: { objectId: caller.objectId, name: caller.name },
      decidedAt: compose.now(),
      comment: decision.comment,
    });
    try {
      await spokes.writeRecord(record, stored.etag);
      return record;
    } catch (error) {
      if (!(error instanceof StaleStateError)) throw error;
    }
  }
}

/** @throws Problem 409 where the run needs no approval, 403 where the caller asked for it. */
function awaited(record: SpokeRecord, caller: Caller): Approval {
  const approval = approvalOfRun(record);
  if (approval === null || approval.expiresAt === null) throw nothingAwaits(record);
  if (approval.requestedBy.objectId !== caller.objectId) return approval;
  const message = "Somebody else than who asked for this run has to decide.";
  throw problemAt(403, "You may not decide on what you asked for.", "", "RequesterMayNotDecide", message);
}

function isRepetition({ status, decidedBy }: Approval, { decision }: ApprovalDecision, caller: Caller): boolean {
  return status === decided[decision] && decidedBy?.objectId === caller.objectId;
}

/** @throws Problem 409 where it is too late for a decision. */
function checkOpen(record: SpokeRecord, { status, decidedBy, expiresAt }: Approval, now: string): void {
  if (decidedBy !== null) {
    const message = `${decidedBy.name} has decided: ${status}.`;
    throw problemAt(409, "It is decided already.", "", "AlreadyDecided", message);
  }
  if (status === "Expired" || (expiresAt !== null && Date.parse(expiresAt) <= Date.parse(now))) {
    const message = `The time to decide ended at ${expiresAt}: let the spoke be asked for again.`;
    throw problemAt(409, "The request has expired.", "", "ApprovalExpired", message);
  }
  if (record.status !== "AwaitingApproval") throw nothingAwaits(record);
}

/** What is approved is what the spoke shall be from now on. */
function withDecision(record: SpokeRecord, approval: Approval): SpokeRecord {
  if (approval.status !== "Approved") return { ...record, approval };
  return { ...record, approval, approved: approval, replaced: undefined };
}

function unknown(): Problem {
  return new Problem(404, "There is no spoke of this name.");
}

function nothingAwaits({ status }: SpokeRecord): Problem {
  return problemAt(409, "Nothing awaits approval.", "", "NothingAwaitsApproval", `The spoke is ${status}.`);
}

function changedSince(): Problem {
  return problemAt(412, "The spoke is not the one that If-Match names.", "", "PreconditionFailed", "Read it again.");
}
