import type { AzurePorts } from "../../azure/ports.ts";
import type { Amendment } from "../../domain/amendment.ts";
import type { FlowLogCoverage } from "../../domain/flow-log-coverage.ts";
import type { Change } from "../../domain/plan.ts";
import type { PlatformConfiguration } from "../../domain/platform-configuration.ts";
import type { SpokeRecord } from "../../domain/spoke-record.ts";
import type { SpokeStore } from "../../state/spoke-store.ts";
import type { LearntTraffic } from "./known-of-spokes.ts";
import type { SweepStore } from "./sweep-store.ts";

/** What a sweep needs from outside. */
export interface SweepTools {
  readonly azure: AzurePorts;
  readonly configuration: PlatformConfiguration;
  readonly spokes: Pick<SpokeStore, "listRecords" | "readRecord">;
  readonly store: SweepStore;
  /** All amendments, those that have expired too. */
  amendments(): Promise<readonly Amendment[]>;
  /** What the latest pass over flow logs found. */
  flowLogs(): Promise<readonly FlowLogCoverage[]>;
  /** What was learnt of the traffic of spokes. */
  learnt(): Promise<readonly LearntTraffic[]>;
  /** Told of resources of the network that the sweep found otherwise than they shall be, once for each new finding. */
  onDrift(record: SpokeRecord, changes: readonly Change[]): Promise<void>;
  /** The present moment, ISO 8601. */
  now(): string;
}
