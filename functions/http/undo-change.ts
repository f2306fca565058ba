import * as df from "durable-functions";
import type { Amendment } from "../../shared/domain/amendment.ts";
import { durationMilliseconds } from "../../shared/domain/duration.ts";
import type { NetworkChange } from "../../shared/domain/network-change.ts";
import { undoExemptionId } from "../../shared/reconcile/changes/carry-out-undos.ts";
import { noteSpoke } from "../../shared/telemetry/operation.ts";
import type { Composition } from "../composition.ts";
import { noteEndOfExemption } from "../end-of-exemption.ts";
import { signalNetworkResource } from "../entities/signal-network-resource.ts";
import type { Caller } from "./caller.ts";
import { Problem, problemAt } from "./problem.ts";
import { json, type Route } from "./route.ts";

const day = 86_400_000;

/**
 * `POST /api/changes/{id}/undo`: takes a restoration back. What had been changed is written again and kept by an exemption
 * for a day (or what the configuration says); the exemption stands before anything is written. The same again does no more.
 */
export function undoChange(compose: Composition): Route {
  return {
    name: "undoChange",
    method: "POST",
    path: "changes/{id}/undo",
    roles: ["Operate"],
    inputs: [df.input.durableClient()],
    handle: async ({ request, caller, context }) => {
      const { id = "" } = request.params;
      const changes = await compose.changes();
      const found = (await changes.read(id))?.value;
      if (found === undefined) throw new Problem(404, "There is no change of this id.");
      noteSpoke(found.spoke);
      if (found.undo === null && found.status !== "Restored") throw nothingToUndo(found);
      await checkSpokeStands(compose, found);
      const exemption = await exemptionOf(compose, found, caller);
      // An undo that was taken back by deleting its exemption does not come again unasked.
      if (found.undo === null) {
        await (await compose.amendments()).add(exemption);
        await noteEndOfExemption(compose, exemption);
      }
      const undo = { by: exemption.owner, at: compose.now(), exemptionId: exemption.id };
      const change = await changes.update(id, (standing) =>
        standing.undo === null ? { ...standing, undo } : standing,
      );
      const { resourceId } = found;
      await signalNetworkResource(df.getClient(context), "undo", { resourceId, changeId: id });
      return json(202, change ?? found, { location: `/api/exemptions/${exemption.id}` });
    },
  };
}

async function exemptionOf(compose: Composition, change: NetworkChange, caller: Caller): Promise<Amendment> {
  const { enforcement } = await compose.configuration();
  const now = compose.now();
  const lasts = durationMilliseconds(enforcement.undoLasts) ?? day;
  return {
    id: undoExemptionId(change.id),
    origin: "undo",
    spoke: change.spoke,
    owner: { objectId: caller.objectId, name: caller.name },
    reason: `Undo of the restoration of ${change.summary}`.slice(0, 500),
    ticket: null,
    createdAt: now,
    expiresAt: new Date(Date.parse(now) + lasts).toISOString(),
    control: null,
    resourceId: change.resourceId,
    tolerated: [],
    properties: change.prior,
  };
}

/** @throws Problem 409 where there is nothing left that could be otherwise: a spoke that bears the name now is another. */
async function checkSpokeStands(compose: Composition, { spoke, detectedAt }: NetworkChange): Promise<void> {
  const record = (await (await compose.spokes()).readRecord(spoke))?.value;
  const isGone = record === undefined || record.status === "Removing" || record.status === "Removed";
  if (!isGone && Date.parse(record.createdAt) <= Date.parse(detectedAt)) return;
  const message = `The spoke ${spoke} of the change was removed, or is about to be.`;
  throw problemAt(409, "There is nothing to undo.", "", "SpokeRemoved", message);
}

function nothingToUndo({ status }: NetworkChange): Problem {
  const message = `The change is ${status}: only what was restored can be undone.`;
  return problemAt(409, "There is nothing to undo.", "", "NothingToUndo", message);
}
