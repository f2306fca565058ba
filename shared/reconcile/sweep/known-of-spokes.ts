import type { Amendment } from "../../domain/amendment.ts";
import type { FlowLogCoverage } from "../../domain/flow-log-coverage.ts";

/** What the latest pass over the traffic of a spoke came to. */
export interface LearntTraffic {
  readonly spoke: string;
  readonly checkedAt: string;
  /** Titles of recommendations that are open. */
  readonly open: readonly string[];
}

/** What the tool itself knows of the spokes of one subscription when a sweep begins. */
export interface KnownOfSpokes {
  readonly amendments: readonly Amendment[];
  readonly flowLogs: readonly FlowLogCoverage[];
  readonly learnt: readonly LearntTraffic[];
}
