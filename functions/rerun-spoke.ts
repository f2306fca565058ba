import type { DurableClient } from "durable-functions";
import type { Person } from "../shared/domain/approval.ts";
import { isAtWork, isStanding } from "../shared/domain/spoke-record.ts";
import { withApproval } from "../shared/domain/with-approval.ts";
import { withoutUnapproved } from "../shared/domain/without-unapproved.ts";
import { nextRun } from "../shared/spoke/next-run.ts";
import { StaleStateError } from "../shared/state/blob-state.ts";
import type { Composition } from "./composition.ts";
import { holdPrefix } from "./http/address-space.ts";
import { startRun } from "./http/start-run.ts";
import { presentTraceParent } from "./telemetry/present-trace.ts";

/**
 * "started": a run begins; "at-work": one is under way, so that it is for later; "gone": nothing of it shall stand;
 * "failed": its last run failed, perhaps a removal, and the tool by itself does not run it again.
 */
export type RerunAnswer = "started" | "at-work" | "gone" | "failed";

/** What the tool itself sets going is asked for by nobody. */
export const theTool: Person = { objectId: "zero-trust-spokes", name: "Zero Trust Spokes" };

/**
 * Runs a spoke again as it stands in its record, as a PUT of the same request does: what is otherwise than it shall be,
 * amendments included, is made right.
 * @param by who asks for it
 * @throws Problem 409 where another spoke holds its prefix
 */
export async function rerunSpoke(
  compose: Composition,
  client: DurableClient,
  name: string,
  by: Person = theTool,
): Promise<RerunAnswer> {
  const spokes = await compose.spokes();
  const { approval } = await compose.configuration();
  for (;;) {
    const stored = await spokes.readRecord(name);
    if (stored === null || !isStanding(stored.value.status)) return "gone";
    if (isAtWork(stored.value.status)) return "at-work";
    if (stored.value.status === "Failed" && by === theTool) return "failed";
    const before = withoutUnapproved(stored.value);
    await holdPrefix(compose, before);
    const asked = { required: approval.required, requestedBy: by, now: compose.now() };
    const record = withApproval(nextRun(before, before.request, presentTraceParent()), before, asked);
    try {
      await spokes.writeRecord(record, stored.etag);
    } catch (error) {
      if (error instanceof StaleStateError) continue;
      throw error;
    }
    await startRun(client, record);
    return "started";
  }
}
