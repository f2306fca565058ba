import { type Failure, RefusedError, TransientError } from "../../domain/errors.ts";
import type { NetworkChange } from "../../domain/network-change.ts";
import type { NetworkEvent } from "../../domain/network-event.ts";
import type { KnownDeviation, WatchedResource } from "../../domain/watched-resource.ts";
import { watchedResourceKey } from "../../domain/watched-resource-key.ts";
import { backOffUntil } from "../../spoke/changes/back-off.ts";
import { type ChangedPart, changedParts } from "../../spoke/changes/change-parts.ts";
import { groupChanges } from "../../spoke/changes/group-changes.ts";
import { newChange } from "../../spoke/changes/new-change.ts";
import { isOwnEvent } from "./is-own-event.ts";
import type { NarrowPlan } from "./narrow-plan.ts";
import { restore } from "./restore.ts";
import { tellApart } from "./tell-apart.ts";
import type { WatchTools } from "./watch-tools.ts";

export interface Looked {
  readonly plan: NarrowPlan;
  readonly events: readonly NetworkEvent[];
  readonly by: NetworkChange["detectedBy"];
}

/** How a restoration went. */
type Outcome =
  | { readonly kind: "restored"; readonly writtenDown: () => Promise<void> }
  | { readonly kind: "left" }
  | { readonly kind: "backed-off"; readonly until: string }
  | { readonly kind: "refused"; readonly failure: Failure }
  | { readonly kind: "later"; readonly failure: Failure }
  /** Something else stands by now than what was looked at. */
  | { readonly kind: "stale" };

/** The resource after a look, and whether it has to be looked at again at once. */
export interface Settled {
  readonly resource: WatchedResource;
  readonly isStale: boolean;
}

/**
 * Compares what stands with what shall: new deviations are written down, then restored where the mode says so, then told;
 * those that were told and are still there are tried again; those that are gone are struck out.
 */
export async function settleDeviations(tools: WatchTools, resource: WatchedResource, looked: Looked): Promise<Settled> {
  const { plan, events } = looked;
  const parts = partsOf(plan);
  const isKnown = ({ key }: ChangedPart) => resource.known.some((one) => one.open && one.key === key);
  const groups = groupChanges(
    parts.filter((part) => !isKnown(part)),
    await makers(tools, events),
  );
  const found = groups.map((group) => ({ group, change: recordOf(tools, looked, group) }));
  for (const { change } of found) await tools.changes.add(change);
  const outcome = await restoredWhereMeant(
    tools,
    resource,
    plan,
    parts,
    found.map(({ change }) => change),
  );
  const now = tools.now();
  const openBefore = resource.known.filter((one) => one.open && parts.some(({ key }) => key === one.key));
  const touched = new Set([...found.map(({ change }) => change.id), ...openBefore.map(({ changeId }) => changeId)]);
  for (const id of touched) {
    const change = await tools.changes.update(id, (standing) => withOutcome(standing, outcome, now));
    // What is looked at again at once is told by how that ends.
    if (change !== null && outcome.kind !== "stale") await tools.tell(change);
  }
  if (outcome.kind === "restored") await outcome.writtenDown();
  const added = found.flatMap(({ group, change }) =>
    group.parts.map(({ pointer, key }): KnownDeviation => {
      const eventId = group.event?.origin.eventId ?? null;
      return { changeId: change.id, pointer, key, at: now, open: true, eventId };
    }),
  );
  const open = outcome.kind !== "restored";
  const known = [...resource.known, ...added].map((one) =>
    parts.some(({ key }) => key === one.key) ? { ...one, open: one.open && open } : one,
  );
  const restoredNow = open ? [] : parts.map(({ key }) => ({ key, at: now }));
  const settled: WatchedResource = {
    ...resource,
    known,
    restored: [...resource.restored, ...restoredNow],
    backedOffUntil: outcome.kind === "backed-off" ? outcome.until : null,
    revisit: outcome.kind === "backed-off" || outcome.kind === "later" || outcome.kind === "stale",
  };
  const told = new Set(groups.flatMap(({ event }) => event?.origin.eventId ?? []));
  const others = events.filter(({ origin }) => !told.has(origin.eventId));
  return { resource: await tellApart(tools, settled, plan, parts, others), isStale: outcome.kind === "stale" };
}

/**
 * Events that may explain a deviation. The tool writes resources as a whole and as they shall be: what differs right
 * after such a write was made by somebody else, whose event is still to come.
 */
async function makers(tools: WatchTools, events: readonly NetworkEvent[]): Promise<readonly NetworkEvent[]> {
  if (!events.some(({ part }) => part === "")) return events;
  const own = await tools.azure.ownIdentity();
  return events.filter((event) => event.part !== "" || !isOwnEvent(event, own));
}

function partsOf({ change, observed }: NarrowPlan): ChangedPart[] {
  const { desired, differences, action } = change;
  return desired === null || action === "none" ? [] : changedParts(desired, observed, differences);
}

function recordOf(tools: WatchTools, { plan, events, by }: Looked, group: Parameters<typeof newChange>[0]["group"]) {
  const now = tools.now();
  const trigger = group.event ?? events.at(-1) ?? null;
  return newChange({
    design: plan.state.design,
    desired: plan.change.desired ?? plan.unamended,
    observed: plan.observed,
    group,
    cause: { id: trigger?.origin.eventId ?? by, at: trigger?.origin.at ?? now, by },
    now,
  });
}

async function restoredWhereMeant(
  tools: WatchTools,
  resource: WatchedResource,
  plan: NarrowPlan,
  parts: readonly ChangedPart[],
  found: readonly NetworkChange[],
): Promise<Outcome> {
  if (parts.length === 0 || tools.configuration.enforcementMode !== "enforce") return { kind: "left" };
  const now = tools.now();
  const { backedOffUntil } = resource;
  if (backedOffUntil !== null && Date.parse(now) < Date.parse(backedOffUntil)) {
    return { kind: "backed-off", until: backedOffUntil };
  }
  const until =
    backedOffUntil === null
      ? backOffUntil(
          resource,
          parts.map(({ key }) => key),
          now,
        )
      : null;
  if (until !== null) return { kind: "backed-off", until };
  const begun = {
    id: watchedResourceKey(resource.resourceId),
    changeIds: found.map(({ id }) => id),
    eventIds: found.flatMap(({ origin }) => origin?.eventId ?? []),
  };
  await tools.restorations.put({ ...begun, done: false });
  try {
    await restore(tools, plan);
    return { kind: "restored", writtenDown: () => tools.restorations.put({ ...begun, done: true }) };
  } catch (error) {
    if (error instanceof RefusedError) {
      return error.failure.code === "ChangedMeanwhile"
        ? { kind: "stale" }
        : { kind: "refused", failure: error.failure };
    }
    if (error instanceof TransientError) return { kind: "later", failure: error.failure };
    throw error;
  }
}

function withOutcome(change: NetworkChange, outcome: Outcome, now: string): NetworkChange {
  switch (outcome.kind) {
    case "restored":
      return { ...change, status: "Restored", restoredAt: now, error: null };
    case "refused":
      return { ...change, status: "RestoreFailed", error: outcome.failure };
    case "later":
      return { ...change, error: outcome.failure };
    case "backed-off":
      return { ...change, status: "BackedOff", error: backedOff(change.resourceId, outcome.until) };
    case "left":
    case "stale":
      return change;
  }
}

function backedOff(resourceId: string, until: string): Failure {
  return {
    code: "RestorationBackedOff",
    message: `The same deviation came back again and again: nothing is restored here until ${until}.`,
    resourceId,
    remedy: "Find out which automation or person brings it back; exempt it, or have it stopped there.",
  };
}
