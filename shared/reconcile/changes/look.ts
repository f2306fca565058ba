import { RefusedError, TransientError } from "../../domain/errors.ts";
import type { NetworkChange } from "../../domain/network-change.ts";
import type { NetworkEvent } from "../../domain/network-event.ts";
import { isAtWork, type SpokeRecord } from "../../domain/spoke-record.ts";
import { newlyWatched, trimmed, type WatchedResource, withWaiting } from "../../domain/watched-resource.ts";
import { watchedResourceKey } from "../../domain/watched-resource-key.ts";
import { noteSpoke } from "../../telemetry/operation.ts";
import { carryOutUndos } from "./carry-out-undos.ts";
import { narrowPlan, partsOf } from "./narrow-plan.ts";
import { recall } from "./recall.ts";
import { type Settled, settleDeviations } from "./settle-deviations.ts";
import { withoutGone } from "./tell-apart.ts";
import type { WatchTools } from "./watch-tools.ts";
import { watchedSpoke } from "./watched-spoke.ts";

/**
 * Takes an event in and looks at its resource. An event that was handled is not handled again; one that cannot be
 * handled now waits, and a timer comes back to it.
 */
export function handleEvent(
  tools: WatchTools,
  resource: WatchedResource,
  event: NetworkEvent,
): Promise<WatchedResource> {
  const taken = withWaiting(resource, event);
  return taken === resource ? Promise.resolve(resource) : look(tools, taken, "event");
}

/** Looks at a resource as it stands now, tells what somebody changed of it, and restores it where the mode says so. */
export async function look(
  tools: WatchTools,
  resource: WatchedResource,
  by: NetworkChange["detectedBy"],
): Promise<WatchedResource> {
  try {
    let looked = await lookNow(tools, resource, by, false);
    for (let looks = 2; looked.isStale && looks <= mostLooks; looks++)
      looked = await lookNow(tools, looked.resource, by, looks === mostLooks);
    return await marked(tools, resource, trimmed(looked.resource));
  } catch (error) {
    if (!(error instanceof TransientError)) throw error;
    tools.log(`${resource.resourceId} is looked at again later: ${error.message}`);
    return marked(tools, resource, { ...resource, revisit: true, revisitAt: null });
  }
}

/**
 * Somebody who changes the resource in the same moment is waited for, and not for ever: who writes it each second would
 * keep open what he likes.
 */
const mostLooks = 5;

async function lookNow(
  tools: WatchTools,
  resource: WatchedResource,
  by: NetworkChange["detectedBy"],
  isLast: boolean,
): Promise<Settled> {
  const after: WatchedResource = {
    ...resource,
    seen: [...resource.seen, ...resource.waiting.map(({ origin }) => origin.eventId)],
    waiting: [],
    revisit: false,
    revisitAt: null,
  };
  const spoke = await watchedSpoke(tools.azure, tools.spokes, resource.resourceId);
  if (spoke === null || !stands(spoke.record)) return forgotten(tools, resource);
  noteSpoke(spoke.record.name);
  // What a run is at work on is compared when it has ended.
  if (isBusy(spoke.record)) return { resource: { ...resource, revisit: true, revisitAt: null }, isStale: false };
  try {
    const amendments = await tools.amendmentsOf(spoke.record.name);
    const { azure, configuration } = tools;
    const plan = await narrowPlan(azure, configuration, spoke, resource.resourceId, amendments, tools.now());
    if (plan === null) return await forgotten(tools, resource);
    const undos = await carryOutUndos(tools, resource, plan, amendments);
    if (undos.isStale) return { resource: { ...undos.resource, revisit: true, revisitAt: null }, isStale: true };
    const known = [...after.known, ...(await recall(tools, after, partsOf(plan)))];
    const { undone } = undos.resource;
    const events = resource.waiting.filter(({ origin }) => !known.some(({ eventId }) => eventId === origin.eventId));
    return await settleDeviations(tools, { ...after, known, undone }, { plan, events, by, isLast, run: spoke.record });
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    tools.log(`${resource.resourceId} cannot be looked at: ${error.message}`);
    return { resource: lookedAtLater(resource, after, tools.now()), isStale: false };
  }
}

/** What belongs to no spoke, or not any more, is remembered no further; what stood open of it is gone with the spoke. */
async function forgotten(tools: WatchTools, { resourceId, known }: WatchedResource): Promise<Settled> {
  await withoutGone(tools, known, []);
  return { resource: newlyWatched(resourceId), isStale: false };
}

const afterRefusal = 15 * 60_000;
const day = 24 * 3_600_000;

/** What may not be read today may be tomorrow: events wait for that, for a day. */
function lookedAtLater(resource: WatchedResource, handled: WatchedResource, now: string): WatchedResource {
  const moment = Date.parse(now);
  if (!resource.waiting.some(({ origin }) => moment - Date.parse(origin.at) < day)) return handled;
  return { ...resource, revisit: true, revisitAt: new Date(moment + afterRefusal).toISOString() };
}

function stands({ status, resources }: SpokeRecord): boolean {
  return status !== "Removed" && resources.length > 0;
}

/** A spoke that stands and waits for somebody to approve a change of it is watched by what it is. */
function isBusy({ status, replaced }: SpokeRecord): boolean {
  return isAtWork(status) && !(status === "AwaitingApproval" && replaced !== undefined);
}

/** Keeps note of what a timer shall come back to. */
async function marked(tools: WatchTools, before: WatchedResource, after: WatchedResource): Promise<WatchedResource> {
  const id = watchedResourceKey(after.resourceId);
  const { resourceId, revisitAt: notBefore } = after;
  if (after.revisit) await tools.pending.put({ id, resourceId, changeId: null, since: tools.now(), notBefore });
  else if (before.revisit) await tools.pending.remove(id);
  return after;
}
