import { inParallel } from "../../domain/in-parallel.ts";
import type { NetworkChange } from "../../domain/network-change.ts";
import type { NetworkEvent } from "../../domain/network-event.ts";
import type { SpokeRecord } from "../../domain/spoke-record.ts";
import type { KnownDeviation, WatchedResource } from "../../domain/watched-resource.ts";
import { watchedResourceKey } from "../../domain/watched-resource-key.ts";
import { backOffUntil } from "../../spoke/changes/back-off.ts";
import type { ChangedPart } from "../../spoke/changes/change-parts.ts";
import { type ChangeGroup, groupChanges } from "../../spoke/changes/group-changes.ts";
import { judgedTogether } from "../../spoke/changes/judged-together.ts";
import { meaningOfChange } from "../../spoke/changes/meaning-of-change.ts";
import { newChange } from "../../spoke/changes/new-change.ts";
import { measured } from "../../telemetry/instruments.ts";
import { isOwnEvent } from "./is-own-event.ts";
import { type NarrowPlan, partsOf } from "./narrow-plan.ts";
import { type Outcome, restored, revisitAfter, withOutcome } from "./outcome.ts";
import { tellApart } from "./tell-apart.ts";
import type { WatchTools } from "./watch-tools.ts";

export interface Looked {
  readonly plan: NarrowPlan;
  readonly events: readonly NetworkEvent[];
  readonly by: NetworkChange["detectedBy"];
  /** Others were faster in every look before: now it is written over whatever stands. */
  readonly isLast: boolean;
  /** The spoke's last run, which has ended. */
  readonly run: Pick<SpokeRecord, "status" | "startedAt" | "finishedAt">;
}

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
  const openBefore = resource.known.filter((one) => one.open && one.exempt !== true && standsIn(parts, one));
  const isKnown = ({ key }: ChangedPart) => openBefore.some((one) => one.key === key);
  const groups = groupChanges(
    parts.filter((part) => !isKnown(part)),
    await makers(tools, events),
  );
  const changes = judgedTogether(
    plan.state.design,
    plan.change.desired ?? plan.unamended,
    parts,
    openBefore,
    groups.map((group) => recordOf(tools, looked, group)),
  );
  const until = standsBackUntil(tools, resource, plan, parts);
  const restores = until === null && parts.length > 0 && tools.configuration.enforcementMode === "enforce";
  if (changes.length > 0) await writtenAhead(tools, resource, changes, restores);
  for (const change of changes) await tools.changes.add(change);
  measured.driftFound(looked.by, changes.length);
  const outcome: Outcome = restores
    ? await restored(tools, plan, looked.isLast)
    : until === null
      ? left
      : { kind: "backed-off", until };
  const now = tools.now();
  const touched = new Set([...changes.map(({ id }) => id), ...openBefore.map(({ changeId }) => changeId)]);
  const updated: NetworkChange[] = [];
  for (const id of touched) {
    const change = await tools.changes.update(id, (standing) => withOutcome(standing, outcome, now));
    if (change !== null) updated.push(change);
  }
  measureRestorations(
    looked.by,
    updated.filter(({ status }) => outcome.kind === "restored" && status === "Restored"),
  );
  // What is looked at again at once is told by how that ends.
  if (outcome.kind !== "stale") await tellAll(tools, updated);
  const settled = withNews(resource, parts, groups, changes, outcome, now);
  const told = new Set(groups.flatMap(({ event }) => event?.origin.eventId ?? []));
  const others = events.filter(({ origin }) => !told.has(origin.eventId));
  return {
    resource: await tellApart(tools, settled, { plan, parts, run: looked.run, events: others }),
    isStale: outcome.kind === "stale",
  };
}

function measureRestorations(by: NetworkChange["detectedBy"], changes: readonly NetworkChange[]): void {
  measured.driftRestored(by, changes.length);
  for (const { origin, restoredAt } of changes) {
    if (origin === null || restoredAt === null) continue;
    measured.eventToRestore((Date.parse(restoredAt) - Date.parse(origin.at)) / 1000);
  }
}

const left: Outcome = { kind: "left" };
const standsIn = (parts: readonly ChangedPart[], { key }: KnownDeviation) => parts.some((part) => part.key === key);

/** Changes that are kept in mind in case the memory of the resource is lost by a crash. */
const mostWrittenAhead = 20;

/** Before anything is done: a look that dies is taken up by the next one, wherever it had got to. */
async function writtenAhead(
  tools: WatchTools,
  { resourceId, known }: WatchedResource,
  changes: readonly NetworkChange[],
  restores: boolean,
): Promise<void> {
  const before = [...new Set(known.map(({ changeId }) => changeId))].slice(-mostWrittenAhead);
  const changeIds = [...before, ...changes.map(({ id }) => id)];
  await tools.restorations.put({ id: watchedResourceKey(resourceId), changeIds, restores });
}

/** So many changes are told at once: a target that is slow holds up the resource as little as can be. */
const toldAtOnce = 8;

async function tellAll(tools: WatchTools, changes: readonly NetworkChange[]): Promise<void> {
  await inParallel(changes, toldAtOnce, (change) => tools.tell(change));
}

/** The resource with what a look found and did. */
function withNews(
  resource: WatchedResource,
  parts: readonly ChangedPart[],
  groups: readonly ChangeGroup[],
  changes: readonly NetworkChange[],
  outcome: Outcome,
  now: string,
): WatchedResource {
  const isOpen = outcome.kind !== "restored";
  const known = resource.known.map((one) => {
    const stays = one.open && isOpen && one.exempt !== true;
    return standsIn(parts, one) ? { ...one, open: stays } : one;
  });
  const added = groups.flatMap((group, index) =>
    group.parts.map(({ pointer, key }): KnownDeviation => {
      const eventId = group.event?.origin.eventId ?? null;
      const { id = "", severity = "critical" } = changes[index] ?? {};
      const isGuess = group.event?.part === "" && pointer !== "";
      return { changeId: id, pointer, key, at: now, open: isOpen, eventId, isGuess, severity };
    }),
  );
  const counted = isOpen ? [] : parts.slice(0, mostCounted).map(({ key }) => ({ key, at: now }));
  return {
    ...resource,
    known: [...known, ...added],
    restored: [...resource.restored, ...counted],
    ...revisitAfter(outcome, now),
  };
}

/** Deviations of one restoration that are looked out for in the next ones. */
const mostCounted = 20;

/**
 * Events that may explain a deviation. The tool writes resources as a whole and as they shall be: what differs right
 * after such a write was made by somebody else, whose event is still to come.
 */
async function makers(tools: WatchTools, events: readonly NetworkEvent[]): Promise<readonly NetworkEvent[]> {
  if (!events.some(({ part }) => part === "")) return events;
  const own = await tools.azure.ownIdentity();
  return events.filter((event) => event.part !== "" || !isOwnEvent(event, own));
}

function recordOf(tools: WatchTools, { plan, events, by, run }: Looked, group: ChangeGroup): NetworkChange {
  const now = tools.now();
  const trigger = group.event ?? events.at(-1) ?? null;
  const change = newChange({
    design: plan.state.design,
    desired: plan.change.desired ?? plan.unamended,
    observed: plan.observed,
    group,
    cause: { id: trigger?.origin.eventId ?? by, at: trigger?.origin.at ?? now, by },
    now,
  });
  // Nobody is named for it yet, and nobody may ever be.
  if (run.status !== "Failed" || group.event !== null) return change;
  return { ...change, summary: `${change.summary} The spoke's last run failed and may have left it so.` };
}

/** Until when nothing is restored, because somebody brings it back again and again; null where nobody does. */
function standsBackUntil(
  tools: WatchTools,
  resource: WatchedResource,
  plan: NarrowPlan,
  parts: readonly ChangedPart[],
): string | null {
  if (parts.length === 0 || resource.restored.length === 0) return null;
  if (tools.configuration.enforcementMode !== "enforce") return null;
  const { severity } = meaningOfChange(plan.state.design, plan.change.desired ?? plan.unamended, parts);
  const keys = parts.map(({ key }) => key);
  return backOffUntil(resource, keys, severity === "critical", tools.now());
}
