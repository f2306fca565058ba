import type { ResourcePorts } from "../../azure/ports.ts";
import type { Amendment } from "../../domain/amendment.ts";
import type { FlowLogReport } from "../../domain/flow-log-coverage.ts";
import type { PlatformConfiguration } from "../../domain/platform-configuration.ts";
import type { SpokeRecord, SpokeStatus } from "../../domain/spoke-record.ts";
import type { SeenStorage, SubscriptionSight } from "../../spoke/flow-log-enforcement/observed-networks.ts";
import type { SharedTurns } from "../../state/shared-turns.ts";

/** What a pass over one subscription works with. */
export interface FlowLogTools {
  readonly resources: ResourcePorts;
  readonly turns: SharedTurns;
  readonly configuration: PlatformConfiguration;
  /**
   * When the flow log's newest record was written, ISO 8601; null where there is none.
   * @throws RefusedError or TransientError where the storage could not be asked
   */
  newestBlob(flowLogId: string, storage: SeenStorage): Promise<string | null>;
  /** What the record of a spoke says at this moment; null where there is none. */
  spokeStatus(name: string): Promise<SpokeStatus | null>;
  now(): string;
}

/** What is known of the subscription before the pass. */
export interface FlowLogPass {
  readonly sight: SubscriptionSight;
  readonly storages: readonly SeenStorage[];
  /** Spokes of the subscription that stand or are being made, with their amendments in force. */
  readonly spokes: readonly { readonly record: SpokeRecord; readonly amendments: readonly Amendment[] }[];
  readonly before: FlowLogReport | null;
}

/** How much a pass may write: what is left waits for the next, so that none lasts for hours. */
export interface Room {
  left: number;
}
