import type { ChangeMeaning, NetworkChange } from "../../domain/network-change.ts";
import type { NetworkEvent } from "../../domain/network-event.ts";
import { resourceName } from "../../domain/resource-id.ts";
import { valueAt } from "../../spoke/body-pointer.ts";
import { type ChangedPart, changedParts } from "../../spoke/changes/change-parts.ts";
import { newChange } from "../../spoke/changes/new-change.ts";
import type { NarrowPlan } from "./narrow-plan.ts";
import type { WatchTools } from "./watch-tools.ts";

/** Something of the tool's that was deleted, and stands by now: the tool made it with something else, or somebody did. */
export function cameBack({ action, part }: NetworkEvent, { unamended, observed }: NarrowPlan): boolean {
  if (action !== "delete" || observed === null) return false;
  return part === "" || (valueAt(unamended.body, part) !== null && valueAt(observed.body, part) !== null);
}

export function cameBackRecord(tools: WatchTools, plan: NarrowPlan, event: NetworkEvent): NetworkChange {
  const { unamended } = plan;
  const nothing = event.part === "" ? null : plan.observed;
  const difference = { pointer: event.part, desired: valueAt(unamended.body, event.part), observed: null };
  const parts = changedParts(unamended, nothing, [difference]).map((part) => ({ ...part, observed: null }));
  const change = foundBy(tools, plan, event, parts);
  return { ...change, status: "Gone", summary: `${change.summary} It stands again by now.` };
}

/** What somebody wrote while a run was at work, which wrote over it. */
export function overwrittenRecord(tools: WatchTools, plan: NarrowPlan, event: NetworkEvent): NetworkChange {
  const meaning: ChangeMeaning = {
    code: "OverwrittenByRun",
    severity: "medium",
    message: "Somebody wrote it while a run of the spoke was at work, which made it as it shall be.",
  };
  return { ...foundBy(tools, plan, event, [], meaning), pointer: event.part, status: "Gone" };
}

/** One of the many parts of a change that was told as a whole before anything told who made them. */
export function partRecord(tools: WatchTools, plan: NarrowPlan, event: NetworkEvent, changeId: string): NetworkChange {
  const change = foundBy(tools, plan, event, []);
  const restoring = { ...change.restoring, action: "none" } as const;
  const summary = `It is a part of the change ${changeId}, and was told with it.`;
  return { ...change, pointer: event.part, summary, alerts: [], status: "Harmless", restoring };
}

function foundBy(
  tools: WatchTools,
  plan: NarrowPlan,
  event: NetworkEvent,
  parts: readonly ChangedPart[],
  meaning?: ChangeMeaning,
): NetworkChange {
  return newChange({
    design: plan.state.design,
    desired: plan.unamended,
    observed: plan.observed,
    group: { parts, event },
    cause: { id: event.origin.eventId, at: event.origin.at, by: "event" },
    now: tools.now(),
    ...(meaning === undefined ? {} : { meaning }),
  });
}

/** Of an event on what is kept, or on what is as it shall be. @param isOther it was kept before, and was otherwise */
export function quietRecord(
  tools: WatchTools,
  plan: NarrowPlan,
  event: NetworkEvent,
  exempt: readonly ChangedPart[],
  isOther: boolean,
): NetworkChange {
  const change = { ...foundBy(tools, plan, event, exempt), pointer: event.part };
  if (isOther) return { ...change, status: "Exempt" };
  const quiet = { ...change, severity: "none", alerts: [] } as const;
  if (exempt.length > 0) return { ...quiet, status: "Exempt" };
  const summary = `${resourceName(change.resourceId)}: nothing is otherwise than it shall be, now that it was looked at.`;
  return { ...quiet, status: "Harmless", summary, restoring: { ...change.restoring, action: "none" } };
}
