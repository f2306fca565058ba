import { nextAttemptAt, sendAlerts } from "../shared/alerts/send-alerts.ts";
import type { NetworkChange } from "../shared/domain/network-change.ts";
import type { PendingWork } from "../shared/domain/watched-resource.ts";
import type { LatestRestoration, WatchTools } from "../shared/reconcile/changes/watch-tools.ts";
import { Documents } from "../shared/state/documents.ts";
import { amendmentsOf } from "./amendments-of.ts";
import type { Composition } from "./composition.ts";

/** Work that timers come back to. */
export async function pendingWork(compose: Pick<Composition, "blobs">): Promise<Documents<PendingWork>> {
  return new Documents(await compose.blobs(), "pending");
}

/** What looking after networks needs from outside. */
export async function watchToolsOf(compose: Composition, log: (message: string) => void): Promise<WatchTools> {
  const blobs = await compose.blobs();
  return {
    azure: await compose.azure(),
    configuration: await compose.configuration(),
    spokes: await compose.spokes(),
    turns: await compose.turns(),
    changes: await compose.changes(),
    pending: await pendingWork(compose),
    restorations: new Documents<LatestRestoration>(blobs, "restorations"),
    amendmentsOf: (spoke) => amendmentsOf(compose, spoke),
    tell: (change) => tellOf(compose, change),
    now: compose.now,
    log,
  };
}

/** Tells the targets of a change and keeps how it went; what could not be told is told again by a timer. */
export async function tellOf(
  compose: Pick<Composition, "configuration" | "changes" | "blobs" | "setting" | "now">,
  change: NetworkChange,
): Promise<NetworkChange> {
  if (!change.alerts.some(({ status }) => status === "Pending")) return change;
  const { notifications: targets } = await compose.configuration();
  const { setting, now } = compose;
  const alerts = await sendAlerts({ targets, setting, now }, change);
  const pending = await pendingWork(compose);
  const id = `alert-${change.id}`;
  const due = alerts.filter(({ status }) => status === "Pending").map((alert) => nextAttemptAt(alert) ?? now());
  const [notBefore] = due.toSorted();
  // The note comes first: an alert that nobody noted would never be sent again.
  if (notBefore !== undefined) {
    await pending.put({ id, resourceId: null, changeId: change.id, since: change.detectedAt, notBefore });
  }
  const kept = await (await compose.changes()).update(change.id, (standing) => ({ ...standing, alerts }));
  if (notBefore === undefined && change.alerts.some(({ attempts }) => attempts > 0)) await pending.remove(id);
  return kept ?? { ...change, alerts };
}
