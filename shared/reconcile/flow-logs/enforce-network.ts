import type { Amendment } from "../../domain/amendment.ts";
import { durationMilliseconds } from "../../domain/duration.ts";
import { type Failure, RefusedError, TransientError } from "../../domain/errors.ts";
import type { Finding } from "../../domain/finding.ts";
import type { FlowLogCoverage } from "../../domain/flow-log-coverage.ts";
import type { Change } from "../../domain/plan.ts";
import type { DesiredResource, ObservedResource } from "../../domain/resource.ts";
import { sameResourceId } from "../../domain/resource-id.ts";
import { isAtWork, type SpokeRecord } from "../../domain/spoke-record.ts";
import { mostRestarts } from "../../spoke/flow-log-enforcement/flow-log-findings.ts";
import { judgeFlowLog, type NetworkCase } from "../../spoke/flow-log-enforcement/judge-flow-log.ts";
import type { SeenFlowLog, SeenNetwork } from "../../spoke/flow-log-enforcement/observed-networks.ts";
import { portOf } from "../observe-resource.ts";
import { type DesiredFlowLog, desiredFlowLog } from "./desired-flow-log.ts";
import type { FlowLogPass, FlowLogTools, Room } from "./flow-log-pass.ts";
import { mendFlowLog, restartFlowLog } from "./mend-flow-log.ts";

const type = "Microsoft.Network/networkWatchers/flowLogs";

export interface NetworkOfPass {
  readonly network: SeenNetwork;
  readonly record: SpokeRecord | null;
  readonly amendments: readonly Amendment[];
  readonly runningInterfaces: number;
}

/** Judges the flow log of one network and, in `enforce`, makes it right. What Azure refuses is told in the coverage. */
export async function enforceNetwork(
  tools: FlowLogTools,
  pass: FlowLogPass,
  { network, record, amendments, runningInterfaces }: NetworkOfPass,
  room: Room,
): Promise<FlowLogCoverage> {
  const wanted = desiredFlowLog(network, record, pass.sight, pass.storages, tools.configuration);
  const desired = wanted?.resources.find(isFlowLog) ?? null;
  const unread: Finding[] = [];
  const standing = desired === null ? null : observed(tools, desired, pass.sight.flowLogs);
  const the: NetworkCase = {
    network,
    subscriptionId: pass.sight.subscriptionId,
    spoke: record?.name ?? null,
    desired,
    standing,
    amendments,
    runningInterfaces,
    before: pass.before?.networks.find((one) => sameResourceId(one.virtualNetworkId, network.id)) ?? null,
    madeAt: record?.finishedAt ?? null,
    now: tools.now(),
    silence: durationMilliseconds(tools.configuration.enforcement.flowLogSilence) ?? 0,
  };
  if (record !== null && isAtWork(record.status)) return atWork(the);
  const judged = await judgeFlowLog(the, (flowLogId) => newestBlob(tools, wanted, flowLogId, unread, tools.now()));
  const coverage = { ...judged.coverage, findings: [...judged.coverage.findings, ...unread] };
  if (wanted === null || desired === null || judged.change === null) return coverage;
  const { change } = judged;
  return act(tools, coverage, { wanted, desired, change, amendments, record, name: network.name }, room);
}

async function act(
  tools: FlowLogTools,
  coverage: FlowLogCoverage,
  the: {
    readonly wanted: DesiredFlowLog;
    readonly desired: DesiredResource<typeof type>;
    readonly change: Change;
    readonly amendments: readonly Amendment[];
    /** Null of a network that is no spoke's. */
    readonly record: SpokeRecord | null;
    /** The network's. */
    readonly name: string;
  },
  room: Room,
): Promise<FlowLogCoverage> {
  const { state, restarts } = coverage;
  if (state === "Covered") return coverage;
  if (tools.configuration.enforcementMode === "audit") return { ...coverage, action: "reported" };
  if (state === "Silent" && restarts >= mostRestarts) return { ...coverage, action: "reported" };
  if (room.left <= 0) return { ...coverage, action: "waits" };
  // A run or a removal may have begun since the pass did; one that failed may have been a removal, and people look after it.
  const status = the.record === null ? "Succeeded" : await tools.spokeStatus(the.record.name);
  if (status === null || isAtWork(status)) return { ...coverage, state: "AtWork", findings: [] };
  if (status !== "Succeeded") return { ...coverage, action: "reported" };
  room.left--;
  try {
    const needs = the.wanted.resources.filter((resource) => !isFlowLog(resource));
    const made = await mendFlowLog(tools, the.record?.name ?? the.name, needs, the.change, the.amendments);
    // Resource Graph is behind: what it showed has been made since.
    if (made === "none" && state !== "Silent") return { ...coverage, state: "Covered", findings: [] };
    const written = { ...coverage, writtenAt: tools.now(), flowLogId: the.desired.id };
    // What was written just now has begun anew by that.
    if (made !== "none") return { ...written, action: made === "create" ? "created" : "mended" };
    const restarted = await restartFlowLog(tools, the.desired);
    return restarted ? { ...written, action: "restarted", restarts: restarts + 1 } : { ...coverage, action: "waits" };
  } catch (error) {
    return { ...coverage, action: "waits", error: failureOf(error, the.desired.id) };
  }
}

function atWork(the: NetworkCase): FlowLogCoverage {
  const { network, subscriptionId, spoke, desired, runningInterfaces, before, now } = the;
  return {
    virtualNetworkId: network.id,
    subscriptionId,
    location: network.location,
    spoke,
    state: "AtWork",
    action: "none",
    flowLogId: desired?.id ?? null,
    differences: [],
    newestBlob: before?.newestBlob ?? null,
    runningInterfaces,
    runningSince: before?.runningSince ?? null,
    writtenAt: before?.writtenAt ?? null,
    restarts: before?.restarts ?? 0,
    findings: [],
    error: null,
    checkedAt: now,
  };
}

/** A log whose records cannot be read counts as writing, and says so: nobody is to switch off and on what may be well. */
async function newestBlob(
  tools: FlowLogTools,
  wanted: DesiredFlowLog | null,
  flowLogId: string,
  unread: Finding[],
  now: string,
): Promise<string | null> {
  try {
    return wanted === null ? null : await tools.newestBlob(flowLogId, wanted.storage);
  } catch (error) {
    const { message, remedy } = failureOf(error, flowLogId);
    const about = { code: "FlowLogRecordsUnreadable", severity: "medium", resourceId: flowLogId, step: 5 } as const;
    unread.push({ ...about, message: `Whether the flow log writes is not known: ${message}`, remedy });
    return now;
  }
}

/** The log as Resource Graph shows it. One of this network under another name is the one that stands. */
function observed(
  { resources }: FlowLogTools,
  desired: DesiredResource<typeof type>,
  flowLogs: readonly SeenFlowLog[],
): ObservedResource | null {
  const seen = flowLogs.find(({ id }) => sameResourceId(id, desired.id));
  if (seen === undefined) return null;
  const raw = { ...seen.row, id: seen.id };
  return portOf(resources, type).observeIn?.({ byId: () => raw, ofType: () => [raw] }, desired) ?? null;
}

function isFlowLog(resource: DesiredResource): resource is DesiredResource<typeof type> {
  return resource.type === type;
}

export function failureOf(error: unknown, resourceId: string): Failure {
  if (!(error instanceof RefusedError || error instanceof TransientError)) throw error;
  const { failure } = error;
  return { ...failure, resourceId: failure.resourceId ?? resourceId };
}
