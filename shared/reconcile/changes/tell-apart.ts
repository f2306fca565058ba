import type { NetworkEvent } from "../../domain/network-event.ts";
import type { KnownDeviation, WatchedResource } from "../../domain/watched-resource.ts";
import { type ChangedPart, changedParts } from "../../spoke/changes/change-parts.ts";
import { foreignSubnetsWithoutGroup, meaningOfForeignSubnet } from "../../spoke/changes/foreign-subnets.ts";
import { newChange } from "../../spoke/changes/new-change.ts";
import { cameBack, cameBackRecord, partRecord, quietRecord } from "./event-records.ts";
import { isOwnEvent } from "./is-own-event.ts";
import type { NarrowPlan } from "./narrow-plan.ts";
import type { WatchTools } from "./watch-tools.ts";

/**
 * Events that no new deviation was found for. One may tell who made what was found (and perhaps restored) before it
 * arrived; one may be of something that an exemption keeps; one may be the tool's own; one may have changed nothing, or
 * nothing that is still there. Deviations that were open and are gone are struck out.
 */
export async function tellApart(
  tools: WatchTools,
  resource: WatchedResource,
  plan: NarrowPlan,
  parts: readonly ChangedPart[],
  events: readonly NetworkEvent[],
): Promise<WatchedResource> {
  const exempt = exemptParts(plan, parts);
  const foreign = foreignSubnetsWithoutGroup(plan.unamended, plan.observed);
  let known = await withoutGone(tools, resource.known, [...parts, ...exempt, ...foreign]);
  known = await withForeign(tools, known, plan, foreign, events);
  const own = events.length === 0 ? null : await tools.azure.ownIdentity();
  for (const event of events) {
    if ((own !== null && isOwnEvent(event, own)) || known.some(({ eventId }) => eventId === event.origin.eventId))
      continue;
    const told = known.find((one) => isUnexplained(one, event) && isAbout(event, one));
    if (told !== undefined) {
      const { changeId } = told;
      const { eventId } = event.origin;
      const isAlone = event.part === "" || known.every((one) => one === told || one.changeId !== changeId);
      known = known.map((one) =>
        one === told || (isAlone && one.changeId === changeId) ? { ...one, eventId, isGuess: false } : one,
      );
      // Of what many hands may have made, none is named for the rest.
      if (isAlone) await tools.changes.update(changeId, (change) => ({ ...change, origin: event.origin }));
      else await tools.changes.add(partRecord(tools, plan, event, changeId));
      continue;
    }
    if (cameBack(event, plan)) {
      const change = cameBackRecord(tools, plan, event);
      if (await tools.changes.add(change)) await tools.tell(change);
      continue;
    }
    const kept = exempt.filter(
      ({ pointer }) => event.part === "" || pointer.toLowerCase() === event.part.toLowerCase(),
    );
    const fresh = kept.filter(({ key }) => !known.some((one) => one.key === key && one.open));
    if (kept.length > 0 && fresh.length === 0) continue;
    // What still stands was told: whoever writes it once more changes nothing.
    if (parts.some(({ pointer }) => event.part === "" || pointer.toLowerCase() === event.part.toLowerCase())) continue;
    // What is kept was looked at by whoever keeps it; what becomes of it afterwards was not.
    const isOther = fresh.some(({ pointer }) => known.some((one) => one.exempt === true && one.pointer === pointer));
    const change = quietRecord(tools, plan, event, fresh, isOther);
    if (!(await tools.changes.add(change))) continue;
    await tools.tell(change);
    const eventId = event.origin.eventId;
    known = [
      ...known,
      ...fresh.map(({ pointer, key }) => {
        return { changeId: change.id, pointer, key, at: tools.now(), open: true, eventId, exempt: true };
      }),
    ];
  }
  return { ...resource, known };
}

/** Tells of subnets of others that are new, with who made them where an event says so. */
async function withForeign(
  tools: WatchTools,
  known: readonly KnownDeviation[],
  plan: NarrowPlan,
  foreign: readonly ChangedPart[],
  events: readonly NetworkEvent[],
): Promise<readonly KnownDeviation[]> {
  const fresh = foreign.filter(({ key }) => !known.some((one) => one.open && one.key === key));
  const added: KnownDeviation[] = [];
  for (const part of fresh) {
    const event = events.find((one) => one.part.toLowerCase() === part.pointer.toLowerCase()) ?? null;
    const at = tools.now();
    const change = newChange({
      design: plan.state.design,
      desired: plan.unamended,
      observed: plan.observed,
      group: { parts: [part], event },
      cause: {
        id: event?.origin.eventId ?? part.key,
        at: event?.origin.at ?? at,
        by: event === null ? "sweep" : "event",
      },
      now: at,
      meaning: meaningOfForeignSubnet(part),
    });
    if (await tools.changes.add(change)) await tools.tell(change);
    const { pointer, key } = part;
    added.push({ changeId: change.id, pointer, key, at, open: true, eventId: event?.origin.eventId ?? null });
  }
  return [...known, ...added];
}

/** What deviates from the request and may, because somebody or just-in-time access keeps it. */
function exemptParts({ unamended, observed, strict }: NarrowPlan, parts: readonly ChangedPart[]): ChangedPart[] {
  if (strict.action === "none") return [];
  const all = changedParts(unamended, observed, strict.differences);
  return all.filter(({ pointer }) => !parts.some((part) => part.pointer === pointer));
}

/** Strikes out what was open and stands no more. */
export async function withoutGone(
  tools: WatchTools,
  known: readonly KnownDeviation[],
  standing: readonly ChangedPart[],
): Promise<readonly KnownDeviation[]> {
  const gone = known.filter((one) => one.open && !standing.some(({ key }) => key === one.key));
  for (const id of new Set(gone.map(({ changeId }) => changeId))) {
    await tools.changes.update(id, (change) =>
      change.status === "Restored" || change.status === "Undone" ? change : { ...change, status: "Gone" },
    );
  }
  return known.map((one) => (gone.includes(one) ? { ...one, open: false } : one));
}

/** No event told who made it, or only one on the resource as a whole while this one is on the very part. */
function isUnexplained({ eventId, isGuess, pointer }: KnownDeviation, { part }: NetworkEvent): boolean {
  return eventId === null || (isGuess === true && part.toLowerCase() === pointer.toLowerCase());
}

/** An event bears the time at which Azure had ended the operation, and what it wrote was to be seen before that. */
const longestOperation = 5 * 60_000;

/** What was found may be an event's work, unless the event came clearly later. */
function isAbout({ part, origin }: NetworkEvent, { pointer, at }: KnownDeviation): boolean {
  const isEarlier = Date.parse(origin.at) <= Date.parse(at) + longestOperation;
  return isEarlier && (part === "" || part.toLowerCase() === pointer.toLowerCase());
}
