import type { Amendment } from "../../domain/amendment.ts";
import { type Failure, RefusedError } from "../../domain/errors.ts";
import type { WatchedResource } from "../../domain/watched-resource.ts";
import { amend, overrulingRule } from "../../spoke/amend.ts";
import { portOf } from "../observe-resource.ts";
import { type NarrowPlan, partsOf } from "./narrow-plan.ts";
import { restore } from "./restore.ts";
import type { Settled } from "./settle-deviations.ts";
import type { WatchTools } from "./watch-tools.ts";

/** The exemption that an undo of a change makes. */
export const undoExemptionId = (changeId: string) => `undo-${changeId}`;
export const undoneChangeId = (exemptionId: string) => exemptionId.slice("undo-".length);

/**
 * Makes stand again what restorations took away and somebody asked back, and nothing else: what others changed besides
 * stays for the look. The exemption says what is to be done, so that no crash and no lost signal leaves an undo half-done.
 * @param amendments those in force for the spoke
 * @returns stale where something was written: what stands now has to be looked at
 * @throws TransientError where it has to be tried again.
 */
export async function carryOutUndos(
  tools: WatchTools,
  resource: WatchedResource,
  plan: NarrowPlan,
  amendments: readonly Amendment[],
): Promise<Settled> {
  const inForce = amendments.filter(({ origin, resourceId }) => origin === "undo" && isOf(resourceId, plan));
  const undone = resource.undone.filter((id) => inForce.some((one) => undoneChangeId(one.id) === id));
  const open = inForce.filter(({ id }) => !undone.includes(undoneChangeId(id)));
  const ended = { ...resource, undone: [...undone, ...open.map(({ id }) => undoneChangeId(id))] };
  if (open.length === 0) return { resource: { ...resource, undone }, isStale: false };
  try {
    const isWritten = await bringBack(tools, plan, open);
    for (const undo of open) await end(tools, undo, overruled(plan, undo));
    return { resource: ended, isStale: isWritten };
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    if (error.failure.code === "ChangedMeanwhile") return { resource, isStale: true };
    for (const undo of open) await end(tools, undo, error.failure);
    return { resource: ended, isStale: false };
  }
}

function isOf(resourceId: string | null, { unamended }: NarrowPlan): boolean {
  return resourceId?.toLowerCase() === unamended.id.toLowerCase();
}

/** Whether anything had to be written. */
async function bringBack(tools: WatchTools, plan: NarrowPlan, undos: readonly Amendment[]): Promise<boolean> {
  const { observed, change, unamended } = plan;
  // A resource that is not there is made by the look, as it is amended.
  if (observed === null) return false;
  const pointers = undos.flatMap((undo) => undo.properties.map(({ pointer }) => pointer.toLowerCase()));
  if (pointers.includes("")) {
    await portOf(tools.azure.resources, unamended.type).remove(unamended.id);
    return true;
  }
  const parts = partsOf(plan);
  const others = parts.map(({ pointer }) => pointer).filter((pointer) => !pointers.includes(pointer.toLowerCase()));
  if (change.desired === null || others.length === parts.length) return false;
  const [undo] = undos;
  if (undo === undefined) return false;
  const { desired } = amend(change.desired, observed, [{ ...undo, properties: [], tolerated: others }]);
  await restore(tools, { ...plan, change: { ...change, desired } });
  return true;
}

/** The rule of the request that stands where the undo would put one. */
function overruled({ unamended }: NarrowPlan, { properties }: Amendment): Failure | null {
  const [rule] = properties.flatMap(({ pointer, value }) => overrulingRule(unamended.body, pointer, value) ?? []);
  if (rule === undefined) return null;
  return {
    code: "AmendmentOverruled",
    message: `The request's rule ${rule} has the priority of what was changed, which therefore cannot stand beside it.`,
    resourceId: unamended.id,
    remedy: "Exempt a rule of another priority (2000 to 3995 is kept for amendments), and make it so.",
  };
}

async function end(tools: WatchTools, { id }: Amendment, failure: Failure | null): Promise<void> {
  await tools.changes.update(undoneChangeId(id), (change) => {
    if (failure !== null) return { ...change, error: failure };
    return change.status === "Undone" ? change : { ...change, status: "Undone", error: null };
  });
}
