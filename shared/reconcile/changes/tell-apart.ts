import type { OwnIdentity } from "../../azure/ports.ts";
import type { NetworkChange } from "../../domain/network-change.ts";
import type { NetworkEvent } from "../../domain/network-event.ts";
import type { SpokeRecord } from "../../domain/spoke-record.ts";
import type { KnownDeviation, WatchedResource } from "../../domain/watched-resource.ts";
import { type ChangedPart, changedParts } from "../../spoke/changes/change-parts.ts";
import { foreignSubnetsWithoutGroup, meaningOfForeignSubnet } from "../../spoke/changes/foreign-subnets.ts";
import { newChange } from "../../spoke/changes/new-change.ts";
import { cameBack, cameBackRecord, overwrittenRecord, partRecord, quietRecord } from "./event-records.ts";
import { isOwnEvent } from "./is-own-event.ts";
import type { NarrowPlan } from "./narrow-plan.ts";
import type { WatchTools } from "./watch-tools.ts";

interface Apart {
  readonly plan: NarrowPlan;
  readonly parts: readonly ChangedPart[];
  /** The spoke's last run. */
  readonly run: Pick<SpokeRecord, "startedAt" | "finishedAt">;
  readonly events: readonly NetworkEvent[];
}

/**
 * Events that no new deviation was found for. One may tell who made what was found (and perhaps restored) before it
 * arrived; one may be of something that an exemption keeps; one may be the tool's own; one may have changed nothing, or
 * nothing that is still there. Deviations that were open and are gone are struck out.
 */
export async function tellApart(
  tools: WatchTools,
  resource: WatchedResource,
  { plan, parts, run, events }: Apart,
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
    const over = cameBack(event, plan)
      ? cameBackRecord(tools, plan, event)
      : own !== null && exempt.length === 0 && wasOverwritten(event, plan, run, own)
        ? overwrittenRecord(tools, plan, event)
        : null;
    if (told !== undefined) known = await withMaker(tools, known, told, event, plan);
    else if (over !== null) await writtenAndTold(tools, over);
    else known = [...known, ...(await kept(tools, plan, { event, parts, exempt, known }))];
  }
  return { ...resource, known };
}

/** Fills in who made what was told before anybody knew. */
async function withMaker(
  tools: WatchTools,
  known: readonly KnownDeviation[],
  told: KnownDeviation,
  event: NetworkEvent,
  plan: NarrowPlan,
): Promise<readonly KnownDeviation[]> {
  const { changeId } = told;
  const { eventId } = event.origin;
  const isAlone = event.part === "" || known.every((one) => one === told || one.changeId !== changeId);
  // Of what many hands may have made, none is named for the rest.
  if (isAlone) await tools.changes.update(changeId, (change) => ({ ...change, origin: event.origin }));
  else await tools.changes.add(partRecord(tools, plan, event, changeId));
  return known.map((one) =>
    one === told || (isAlone && one.changeId === changeId) ? { ...one, eventId, isGuess: false } : one,
  );
}

interface OfEvent {
  readonly event: NetworkEvent;
  readonly parts: readonly ChangedPart[];
  readonly exempt: readonly ChangedPart[];
  readonly known: readonly KnownDeviation[];
}

/** Writes down an event on what is kept, or on what is as it shall be; answers what is known by it. */
async function kept(
  tools: WatchTools,
  plan: NarrowPlan,
  { event, parts, exempt, known }: OfEvent,
): Promise<readonly KnownDeviation[]> {
  const isOn = ({ pointer }: ChangedPart) => event.part === "" || pointer.toLowerCase() === event.part.toLowerCase();
  const standing = exempt.filter(isOn);
  const fresh = standing.filter(({ key }) => !known.some((one) => one.key === key && one.open));
  // What still stands was told: whoever writes it once more changes nothing.
  if ((standing.length > 0 && fresh.length === 0) || parts.some(isOn)) return [];
  // What is kept was looked at by whoever keeps it; what becomes of it afterwards was not.
  const isOther = fresh.some(({ pointer }) => known.some((one) => one.exempt === true && one.pointer === pointer));
  const change = quietRecord(tools, plan, event, fresh, isOther);
  await writtenAndTold(tools, change);
  const { eventId } = event.origin;
  return fresh.map(({ pointer, key }) => {
    return { changeId: change.id, pointer, key, at: tools.now(), open: true, eventId, exempt: true };
  });
}

/** Writes a change down and tells it, or tells what was written by a look that died before it could. */
async function writtenAndTold(tools: WatchTools, change: NetworkChange): Promise<void> {
  const isNew = await tools.changes.add(change);
  const written = isNew ? change : (await tools.changes.read(change.id))?.value;
  if (written !== undefined) await tools.tell(written);
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
    await writtenAndTold(tools, change);
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

/** An event may be told this much later than the write that it is of, before a run began. */
const beforeRun = 60_000;

/** Types that runs write as a whole, and where what others wrote meanwhile may have opened something. */
const overwritten = /\/(networkSecurityGroups|routeTables|virtualNetworks)$/;

/** Somebody wrote it while a run was at work, which made it as it shall be: nobody knows what stood in between. */
function wasOverwritten(
  { origin }: NetworkEvent,
  { unamended }: NarrowPlan,
  { startedAt, finishedAt }: Apart["run"],
  own: OwnIdentity,
): boolean {
  if (!overwritten.test(unamended.type) || startedAt === null || finishedAt === null) return false;
  // Who cannot tell its own writes from those of others must not cry at each of them.
  if (own.objectId === null && own.applicationId === null) return false;
  const at = Date.parse(origin.at);
  return at >= Date.parse(startedAt) - beforeRun && at <= Date.parse(finishedAt);
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
