import type { Resource } from "../resource.ts";
import { parseResourceId } from "../resource-id.ts";
import { guidOf } from "../seed/seed-writer.ts";
import type { FlowTuple } from "./flow-tuples.ts";

/** What all records of a flow log share. */
export interface RecordFrame {
  readonly flowLogGuid: string;
  readonly flowLogResourceId: string;
  readonly targetResourceId: string;
}

/** The frame of a flow log's records. */
export function recordFrame(flowLog: Resource): RecordFrame {
  return {
    flowLogGuid: guidOf(flowLog.id),
    flowLogResourceId: flowLog.id.toUpperCase(),
    targetResourceId: String(flowLog.body.properties.targetResourceId),
  };
}

/**
 * The record of one interface and minute. Source: "Virtual network flow logs", Log format (version 4).
 * @param minute milliseconds since 1970
 */
export function flowRecord(
  frame: RecordFrame,
  macAddress: string,
  minute: number,
  tuples: readonly FlowTuple[],
): string {
  const byAcl = new Map<string, Map<string, string[]>>();
  for (const { aclId, rule, text } of tuples) {
    const byRule = byAcl.get(aclId) ?? new Map<string, string[]>();
    byAcl.set(aclId, byRule);
    byRule.set(rule, [...(byRule.get(rule) ?? []), text]);
  }
  const flows = [...byAcl].map(([aclID, byRule]) => ({
    aclID,
    flowGroups: [...byRule].map(([rule, flowTuples]) => ({ rule, flowTuples })),
  }));
  return JSON.stringify({
    time: new Date(minute).toISOString().replace(":00.000Z", ":52.5625085Z"),
    flowLogVersion: 4,
    flowLogGUID: frame.flowLogGuid,
    macAddress,
    category: "FlowLogFlowEvent",
    flowLogResourceID: frame.flowLogResourceId,
    targetResourceID: frame.targetResourceId,
    operationName: "FlowLogFlowEvent",
    flowRecords: { flows },
  });
}

/**
 * Name of the blob of an interface's hour, in one of the two layouts that are documented.
 * @param hour milliseconds since 1970
 */
export function flowBlobName(
  flowLogId: string,
  layout: "short" | "resourceId",
  macAddress: string,
  hour: number,
): string {
  const [date = "", time = ""] = new Date(hour).toISOString().split("T");
  const [year, month, day] = date.split("-");
  const folders = `y=${year}/m=${month}/d=${day}/h=${time.slice(0, 2)}/m=00/macAddress=${macAddress}/PT1H.json`;
  if (layout === "resourceId") return `flowLogResourceID=${flowLogId.toUpperCase()}/${folders}`;
  const id = parseResourceId(flowLogId);
  const watcher = id?.parentId?.split("/").pop() ?? "";
  const short = `${id?.subscriptionId}_${id?.resourceGroup}/${watcher}_${id?.name}`.toUpperCase();
  return `flowLogResourceID=/${short}/${folders}`;
}
