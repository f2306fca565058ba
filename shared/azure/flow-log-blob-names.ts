import { RefusedError } from "../domain/errors.ts";
import { tryParseResourceId } from "../domain/resource-id.ts";

/** The container to which Azure writes virtual network flow logs. */
export const flowLogContainer = "insights-logs-flowlogflowevent";

const root = "flowLogResourceID=";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** So many hours of a day are looked up one by one; more, by the folder of the day. */
const FEW_HOURS = 3;

/**
 * Folders in which the blobs of a flow log may lie: by its whole id, or by subscription, group, watcher and name (Microsoft Learn,
 * "Manage virtual network flow logs", download a flow log; both are documented).
 * @throws RefusedError (InvalidResourceId) where the id is none of a flow log
 */
export function flowLogFolders(flowLogId: string): readonly [byId: string, byName: string] {
  const id = tryParseResourceId(flowLogId);
  const isFlowLog = id?.type.toLowerCase() === "microsoft.network/networkwatchers/flowlogs";
  if (!isFlowLog || id.subscriptionId === null || id.resourceGroup === null) throw noFlowLog(flowLogId);
  const [watcher, name] = id.names;
  const short = `/${id.subscriptionId}_${id.resourceGroup}/${watcher}_${name}`;
  return [`${root}${id.id.toUpperCase()}/`, `${root}${short.toUpperCase()}/`];
}

/** Prefixes that together hold the hours from the one of `from` up to, and without, `to`, and few others. */
export function hourPrefixes(folder: string, from: number, to: number): string[] {
  const prefixes: string[] = [];
  for (let day = Math.floor(from / DAY) * DAY; day < to; day += DAY) {
    const first = Math.max(Math.floor(from / HOUR) * HOUR, day);
    const behind = Math.min(to, day + DAY);
    if (behind - first > FEW_HOURS * HOUR) prefixes.push(dayPrefix(folder, day));
    else
      for (let hour = first; hour < behind; hour += HOUR) prefixes.push(`${dayPrefix(folder, day)}h=${hourOf(hour)}/`);
  }
  return prefixes;
}

/** The folder of the day in which a moment lies. */
export function dayPrefix(folder: string, moment: number): string {
  const [year, month, day] = new Date(moment).toISOString().slice(0, 10).split("-");
  return `${folder}y=${year}/m=${month}/d=${day}/`;
}

const blobName = /\/y=(\d{4})\/m=(\d{2})\/d=(\d{2})\/h=(\d{2})\/m=\d{2}\/macAddress=([0-9A-Fa-f]{1,32})\/PT1H\.json$/;

/** Hour and interface that a blob's name tells; null for a blob of something else. */
export function partsOfName(name: string): { readonly hour: number; readonly macAddress: string } | null {
  const [, year, month, day, hour, macAddress] = blobName.exec(name) ?? [];
  if (macAddress === undefined) return null;
  const time = Date.parse(`${year}-${month}-${day}T${hour}:00:00Z`);
  return Number.isNaN(time) ? null : { hour: time, macAddress };
}

function hourOf(moment: number): string {
  return new Date(moment).toISOString().slice(11, 13);
}

function noFlowLog(id: string): RefusedError {
  return new RefusedError({
    code: "InvalidResourceId",
    message: `"${id.slice(0, 300)}" is not the id of a flow log.`,
    resourceId: id,
    remedy: "Name a flow log of a network watcher.",
  });
}
