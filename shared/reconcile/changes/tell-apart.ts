import type { NetworkChange } from "../../domain/network-change.ts";
import type { NetworkEvent } from "../../domain/network-event.ts";
import type { KnownDeviation, WatchedResource } from "../../domain/watched-resource.ts";
import { type ChangedPart, changedParts } from "../../spoke/changes/change-parts.ts";
import { foreignSubnetsWithoutGroup, meaningOfForeignSubnet } from "../../spoke/changes/foreign-subnets.ts";
import { newChange } from "../../spoke/changes/new-change.ts";
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
    const told = known.find((one) => one.eventId === null && isAbout(event, one));
    if (told !== undefined) {
      known = known.map((one) => (one.changeId === told.changeId ? { ...one, eventId: event.origin.eventId } : one));
      await tools.changes.update(told.changeId, (change) => ({ ...change, origin: event.origin }));
      continue;
    }
    const kept = exempt.filter(
      ({ pointer }) => event.part === "" || pointer.toLowerCase() === event.part.toLowerCase(),
    );
    const fresh = kept.filter(({ key }) => !known.some((one) => one.key === key && one.open));
    if (kept.length > 0 && fresh.length === 0) continue;
    const change = recordOf(tools, plan, event, fresh);
    if (!(await tools.changes.add(change))) continue;
    const eventId = event.origin.eventId;
    known = [
      ...known,
      ...fresh.map(({ pointer, key }) => ({ changeId: change.id, pointer, key, at: tools.now(), open: true, eventId })),
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

async function withoutGone(
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

/** An event bears the time at which Azure had ended the operation, and what it wrote was to be seen before that. */
const longestOperation = 5 * 60_000;

/** What was found may be an event's work, unless the event came clearly later. */
function isAbout({ part, origin }: NetworkEvent, { pointer, at }: KnownDeviation): boolean {
  const isEarlier = Date.parse(origin.at) <= Date.parse(at) + longestOperation;
  return isEarlier && (part === "" || part.toLowerCase() === pointer.toLowerCase());
}

function recordOf(
  tools: WatchTools,
  plan: NarrowPlan,
  event: NetworkEvent,
  exempt: readonly ChangedPart[],
): NetworkChange {
  const change = newChange({
    design: plan.state.design,
    desired: plan.unamended,
    observed: plan.observed,
    group: { parts: exempt, event },
    cause: { id: event.origin.eventId, at: event.origin.at, by: "event" },
    now: tools.now(),
  });
  const quiet = { ...change, pointer: event.part, severity: "none", alerts: [] } as const;
  if (exempt.length > 0) return { ...quiet, status: "Exempt" };
  return { ...quiet, status: "Harmless", restoring: { ...change.restoring, action: "none" } };
}
