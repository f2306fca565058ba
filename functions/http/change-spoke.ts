import * as df from "durable-functions";
import { sameRequest } from "../../shared/domain/same-request.ts";
import { isSpokeName } from "../../shared/domain/spoke-name.ts";
import { isAtWork, type SpokeRecord } from "../../shared/domain/spoke-record.ts";
import { withApproval } from "../../shared/domain/with-approval.ts";
import { nextRun } from "../../shared/spoke/next-run.ts";
import { StaleStateError, type Stored } from "../../shared/state/blob-state.ts";
import type { Composition } from "../composition.ts";
import { presentTraceParent } from "../telemetry/present-trace.ts";
import { holdPrefix } from "./address-space.ts";
import { atWork } from "./at-work.ts";
import { ifMatchHolds } from "./if-match.ts";
import { checkOwner, checkUnchangeable } from "./ownership.ts";
import { parseBody } from "./parse-body.ts";
import { Problem, problemAt } from "./problem.ts";
import { readJson } from "./read-json.ts";
import { accepted, askedRun, setGoing } from "./request-spoke.ts";
import { checkBinding, checkSecurityGroup } from "./requester-checks.ts";
import type { Route } from "./route.ts";

/** `PUT /api/spokes/{name}`: changes a spoke, or runs it again; by an operator or by who asked for it (contract §2). */
export function changeSpoke(compose: Composition): Route {
  return {
    name: "changeSpoke",
    method: "PUT",
    path: "spokes/{name}",
    roles: ["Operate", "Request"],
    inputs: [df.input.durableClient()],
    handle: async (asked) => {
      const { name = "" } = asked.request.params;
      const configuration = await compose.configuration();
      const stored = isSpokeName(name) ? await (await compose.spokes()).readRecord(name) : null;
      if (stored === null) throw new Problem(404, "There is no spoke of this name.");
      checkOwner(asked.caller, stored.value);
      const request = parseBody(await readJson(asked.request), configuration, stored.value);
      checkUnchangeable(stored.value, request);
      if (!asked.caller.roles.has("Operate")) checkBinding(configuration, asked.caller, request);
      if (isAtWork(stored.value.status)) {
        // A crash between record and start leaves a run that only a request can set going.
        if (sameRequest(stored.value.request, request)) await setGoing(compose, asked, stored.value);
        throw atWork(stored.value);
      }
      const ifMatch = asked.request.headers.get("if-match");
      if (!ifMatchHolds(ifMatch, stored.etag)) throw stale();
      await checkSecurityGroup(compose, request);
      await holdPrefix(compose, stored.value);
      const run = nextRun(stored.value, request, presentTraceParent());
      const record = withApproval(run, stored.value, askedRun(compose, configuration, asked.caller));
      await writeOver(compose, stored, record, ifMatch === null ? atWork(record) : stale());
      return accepted(compose, asked, record);
    },
  };
}

/** @throws Problem the given one, where somebody else was faster. */
async function writeOver(
  compose: Composition,
  { etag }: Stored<SpokeRecord>,
  record: SpokeRecord,
  tooLate: Problem,
): Promise<void> {
  try {
    await (await compose.spokes()).writeRecord(record, etag);
  } catch (error) {
    throw error instanceof StaleStateError ? tooLate : error;
  }
}

function stale(): Problem {
  return problemAt(412, "The spoke is not the one that If-Match names.", "", "PreconditionFailed", "Read it again.");
}
