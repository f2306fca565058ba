import type { Amendment } from "../../domain/amendment.ts";
import type { FlowLogCoverage, FlowLogState } from "../../domain/flow-log-coverage.ts";
import type { Change } from "../../domain/plan.ts";
import type { DesiredResource, ObservedResource } from "../../domain/resource.ts";
import { amend } from "../amend.ts";
import { changeOf } from "../plan.ts";
import { flowLogFindings } from "./flow-log-findings.ts";
import { isSilent } from "./is-silent.ts";
import type { SeenNetwork } from "./observed-networks.ts";

type FlowLog = DesiredResource<"Microsoft.Network/networkWatchers/flowLogs">;

/** One network and what is known of it before its flow log is judged. */
export interface NetworkCase {
  readonly network: SeenNetwork;
  readonly subscriptionId: string;
  readonly spoke: string | null;
  /** Null where the region has no usable storage. */
  readonly desired: FlowLog | null;
  readonly standing: ObservedResource | null;
  /** Those in force for the spoke. */
  readonly amendments: readonly Amendment[];
  readonly runningInterfaces: number;
  /** What the pass before said. */
  readonly before: FlowLogCoverage | null;
  /** When the spoke's last run ended; null of other networks. */
  readonly madeAt: string | null;
  readonly now: string;
  /** Milliseconds: configuration `enforcement.flowLogSilence`. */
  readonly silence: number;
}

/** The judgement before anything is done: the coverage so far, and the change that would make it right. */
export interface JudgedNetwork {
  readonly coverage: FlowLogCoverage;
  readonly change: Change | null;
}

/**
 * Judges the flow log of a network by its desired state, like any other resource of the tool, and by what it wrote last.
 * @param newestBlob asked only where the log stands as it shall and a machine runs, so that something is to be written
 */
export async function judgeFlowLog(
  the: NetworkCase,
  newestBlob: (flowLogId: string) => Promise<string | null>,
): Promise<JudgedNetwork> {
  if (the.desired === null) return { coverage: coverageOf(the, "NoStorage", null, null), change: null };
  const change = changeOf(the.desired, the.standing, the.amendments);
  if (change.action === "create") return { coverage: coverageOf(the, "Missing", change, null), change };
  if (change.action === "update") return { coverage: coverageOf(the, "Wrong", change, null), change };
  // Somebody is exempted from having it.
  if (the.standing === null) return { coverage: coverageOf(the, "Missing", change, null), change: null };
  // Somebody is exempted from having it on: nothing is to be written.
  if (!isEnabled(the.standing)) return { coverage: coverageOf(the, "Covered", change, null), change: null };
  const newest = the.runningInterfaces === 0 ? (the.before?.newestBlob ?? null) : await newestBlob(the.standing.id);
  const silent = isSilent({
    newestBlob: newest,
    runningInterfaces: the.runningInterfaces,
    expectedSince: [runningSince(the), ...begunAnew(the, newest)],
    now: the.now,
    silence: the.silence,
  });
  // What somebody exempted whole is told, and not touched.
  const { asItStands } = amend(the.desired, the.standing, the.amendments);
  return {
    coverage: coverageOf(the, silent ? "Silent" : "Covered", change, newest),
    change: asItStands ? null : change,
  };
}

function isEnabled({ body }: ObservedResource): boolean {
  return !("enabled" in body) || body.enabled !== false;
}

function coverageOf(
  the: NetworkCase,
  state: FlowLogState,
  change: Change | null,
  newest: string | null,
): FlowLogCoverage {
  const { network, before } = the;
  const wroteSince = newest !== null && (before?.writtenAt == null || newest > before.writtenAt);
  const restarts = wroteSince ? 0 : (before?.restarts ?? 0);
  const flowLogId = the.standing?.id ?? the.desired?.id ?? null;
  const differences = change?.differences ?? [];
  return {
    virtualNetworkId: network.id,
    subscriptionId: the.subscriptionId,
    location: network.location,
    spoke: the.spoke,
    state,
    action: "none",
    flowLogId,
    differences,
    newestBlob: newest,
    runningInterfaces: the.runningInterfaces,
    runningSince: runningSince(the),
    writtenAt: before?.writtenAt ?? null,
    restarts,
    findings: flowLogFindings(state, {
      virtualNetworkId: network.id,
      location: network.location,
      flowLogId,
      restarts,
      differences,
    }),
    error: null,
    checkedAt: the.now,
  };
}

/**
 * When the log began anew: after a restart, or when it was made. A log that has written before was not made just now,
 * whatever run ended when.
 */
function begunAnew({ before, madeAt }: NetworkCase, newest: string | null): readonly (string | null)[] {
  const writtenAt = before?.writtenAt ?? null;
  if (newest === null) return [writtenAt, madeAt];
  return (before?.restarts ?? 0) > 0 ? [writtenAt] : [];
}

/** A first machine that came since the pass before needs its time until something is written. */
function runningSince({ before, runningInterfaces, now }: NetworkCase): string | null {
  if (runningInterfaces === 0 || before === null) return null;
  return before.runningInterfaces === 0 ? now : before.runningSince;
}
