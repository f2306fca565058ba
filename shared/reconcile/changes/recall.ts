import type { NetworkChange } from "../../domain/network-change.ts";
import type { KnownDeviation, WatchedResource } from "../../domain/watched-resource.ts";
import { watchedResourceKey } from "../../domain/watched-resource-key.ts";
import type { ChangedPart } from "../../spoke/changes/change-parts.ts";
import type { WatchTools } from "./watch-tools.ts";

/**
 * What looks before this one found and the memory of the resource does not hold, because they died on their way. What
 * still stands is known, and not told twice; what was still to be restored and stands no more was restored.
 */
export async function recall(
  tools: WatchTools,
  resource: WatchedResource,
  standing: readonly ChangedPart[],
): Promise<readonly KnownDeviation[]> {
  const latest = (await tools.restorations.read(watchedResourceKey(resource.resourceId)))?.value;
  const known = new Set(resource.known.map(({ changeId }) => changeId));
  const recalled: KnownDeviation[] = [];
  for (const id of latest?.changeIds ?? []) {
    const change = known.has(id) ? undefined : (await tools.changes.read(id))?.value;
    if (change === undefined) continue;
    const parts = isOpen(change) ? standing.filter((part) => isOf(change, part)) : [];
    const isOver = isOpen(change) && parts.length === 0;
    const ended = isOver ? await end(tools, change, latest?.restores !== false) : change;
    // What is still open is told by how this look ends.
    if (parts.length === 0) await tools.tell(ended ?? change);
    recalled.push(...change.prior.map(({ pointer }) => deviation(change, pointer, parts)));
  }
  return recalled;
}

function isOpen({ status }: NetworkChange): boolean {
  return status === "Open" || status === "RestoreFailed" || status === "BackedOff";
}

function isOf({ prior }: NetworkChange, { pointer, observed }: ChangedPart): boolean {
  return prior.some((one) => one.pointer === pointer && JSON.stringify(one.value) === JSON.stringify(observed ?? null));
}

function end(tools: WatchTools, { id }: NetworkChange, restores: boolean): Promise<NetworkChange | null> {
  return tools.changes.update(id, (change) =>
    change.status === "Open" && restores
      ? { ...change, status: "Restored", restoredAt: tools.now(), error: null }
      : { ...change, status: "Gone" },
  );
}

function deviation(
  { id, detectedAt, origin, severity }: NetworkChange,
  pointer: string,
  standing: readonly ChangedPart[],
): KnownDeviation {
  const part = standing.find((one) => one.pointer === pointer);
  const eventId = origin?.eventId ?? null;
  return { changeId: id, pointer, key: part?.key ?? "", at: detectedAt, open: part !== undefined, eventId, severity };
}
