import type { Failure } from "./errors.ts";
import type { Finding } from "./finding.ts";
import type { PropertyDifference } from "./plan.ts";

/**
 * "Covered": a flow log stands as it shall, and writes where something is there to be written; "Missing": there is none;
 * "Wrong": it stands otherwise; "Silent": it stands and nothing arrives, although a machine runs; "NoStorage": the
 * platform names no usable storage account for the region; "AtWork": a run is at work on the spoke, so nobody looked.
 */
export type FlowLogState = "Covered" | "Missing" | "Wrong" | "Silent" | "NoStorage" | "AtWork";

/**
 * "none": nothing was to do; "reported": the mode is audit; "created", "mended": it stands now; "restarted": switched off
 * and on again, because it was silent; "waits": this pass had no room left, or Azure refused (then `error` says why).
 */
export type FlowLogAction = "none" | "reported" | "created" | "mended" | "restarted" | "waits";

/** Whether the flow log of one virtual network stands and writes, as the latest pass found it. */
export interface FlowLogCoverage {
  readonly virtualNetworkId: string;
  readonly subscriptionId: string;
  readonly location: string;
  /** Name of the spoke whose network it is; null of any other network. */
  readonly spoke: string | null;
  /** As the pass found it: after "created", "mended" and "restarted" the next pass says what came of it. */
  readonly state: FlowLogState;
  readonly action: FlowLogAction;
  /** The flow log that stands or shall stand. */
  readonly flowLogId: string | null;
  /** Where it stands otherwise than it shall. */
  readonly differences: readonly PropertyDifference[];
  /** When the newest record was written; null where none was found or nobody looked. */
  readonly newestBlob: string | null;
  /** Network interfaces of running virtual machines in the network: without one nothing needs to be written. */
  readonly runningInterfaces: number;
  /** Since when such an interface is there, as far as passes saw it come; null where it was there from the first on. */
  readonly runningSince: string | null;
  /** When the tool last wrote the flow log. */
  readonly writtenAt: string | null;
  /** Restarts since the last record. */
  readonly restarts: number;
  readonly findings: readonly Finding[];
  readonly error: Failure | null;
  readonly checkedAt: string;
}

/** "kept": nothing proves yet that its networks' logs write; "replaced": they do, and it was deleted. */
export type FormerFlowLogAction = "kept" | "reported" | "replaced" | "waits";

/** A flow log of an NSG, which Azure retires; or of a subnet or interface, which is somebody else's. */
export interface OtherFlowLog {
  readonly id: string;
  readonly targetResourceId: string;
  readonly kind: "networkSecurityGroup" | "subnet" | "networkInterface" | "other";
  readonly action: FormerFlowLogAction;
  readonly findings: readonly Finding[];
  readonly error: Failure | null;
}

/** What the latest pass found in one subscription; `id` is the subscription's. */
export interface FlowLogReport {
  readonly id: string;
  readonly checkedAt: string;
  readonly mode: "audit" | "enforce";
  /** False where Resource Graph shows nothing of the subscription: that no network is told proves nothing then. */
  readonly readable: boolean;
  readonly networks: readonly FlowLogCoverage[];
  readonly others: readonly OtherFlowLog[];
}
