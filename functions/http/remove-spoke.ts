import * as df from "durable-functions";
import { resourceIdKey } from "../../shared/domain/resource-id.ts";
import { isSpokeName } from "../../shared/domain/spoke-name.ts";
import { isAtWork, type SpokeRecord } from "../../shared/domain/spoke-record.ts";
import { withoutUnapproved } from "../../shared/domain/without-unapproved.ts";
import { spokeNames } from "../../shared/spoke/spoke-names.ts";
import { StaleStateError } from "../../shared/state/blob-state.ts";
import type { Composition } from "../composition.ts";
import { presentTraceParent } from "../telemetry/present-trace.ts";
import { atWork } from "./at-work.ts";
import { inTime } from "./in-time.ts";
import { checkOwner } from "./ownership.ts";
import { Problem } from "./problem.ts";
import { accepted } from "./request-spoke.ts";
import type { Asked, Route } from "./route.ts";
import { wakeRun } from "./start-run.ts";

/**
 * `DELETE /api/spokes/{name}`: removes a spoke in reverse order, only what is ours; what the subscription shares stays.
 * Refused while something of others lives in its subnets or its resource group. Asked again, it goes on where it was.
 * A run that awaits approval is taken back by it.
 */
export function removeSpoke(compose: Composition): Route {
  return {
    name: "requestRemoval",
    method: "DELETE",
    path: "spokes/{name}",
    roles: ["Operate", "Request"],
    inputs: [df.input.durableClient()],
    handle: async (asked) => {
      const { name = "" } = asked.request.params;
      const stored = isSpokeName(name) ? await (await compose.spokes()).readRecord(name) : null;
      if (stored === null) throw new Problem(404, "There is no spoke of this name.");
      checkOwner(asked.caller, stored.value);
      if (stored.value.status === "Removing") return accepted(compose, asked, stored.value);
      const awaiting = stored.value.status === "AwaitingApproval";
      if (isAtWork(stored.value.status) && !awaiting) throw atWork(stored.value);
      await checkNobodyElseLivesThere(compose, stored.value);
      const record = leaving(stored.value);
      try {
        await (await compose.spokes()).writeRecord(record, stored.etag);
      } catch (error) {
        throw error instanceof StaleStateError ? atWork(record) : error;
      }
      const answer = await accepted(compose, asked, record);
      if (awaiting) await endWaiting(asked, stored.value);
      return answer;
    },
  };
}

/** The run that waited for approval finds a later one on the record, and ends. It looks by itself where this fails. */
async function endWaiting({ context }: Asked, before: SpokeRecord): Promise<void> {
  try {
    await wakeRun(df.getClient(context), before);
  } catch (error) {
    context.warn(error);
  }
}

function leaving(record: SpokeRecord): SpokeRecord {
  return {
    ...withoutUnapproved(record),
    status: "Removing",
    revision: record.revision + 1,
    findings: [],
    error: null,
    traceparent: presentTraceParent(),
    startedAt: null,
    finishedAt: null,
  };
}

/** @throws Problem 409 naming every resource in the way. */
async function checkNobodyElseLivesThere(compose: Composition, record: SpokeRecord): Promise<void> {
  const { occupants } = await compose.azureForCallers();
  const { virtualNetwork, resourceGroup } = spokeNames(record.request, await compose.configuration(), null);
  const asked = Promise.all([occupants.inSubnets(virtualNetwork), occupants.inResourceGroup(resourceGroup)]);
  const found = await inTime(asked);
  const own = new Set(
    record.resources.filter((resource) => resource.ownership === "owned").map(({ id }) => resourceIdKey(id)),
  );
  const others = [...new Set(found.flat())].filter((id) => !own.has(resourceIdKey(id)));
  if (others.length === 0) return;
  throw new Problem(
    409,
    "Something that is not the spoke's lives in its subnets or its resource group.",
    others.map((id) => ({
      pointer: "",
      code: "OccupiedByOthers",
      message: `${id} is in the way: move or delete it first.`,
    })),
  );
}
