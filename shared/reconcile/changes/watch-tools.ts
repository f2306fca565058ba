import type { AzurePorts } from "../../azure/ports.ts";
import type { Amendment } from "../../domain/amendment.ts";
import type { NetworkChange } from "../../domain/network-change.ts";
import type { PlatformConfiguration } from "../../domain/platform-configuration.ts";
import type { PendingWork } from "../../domain/watched-resource.ts";
import type { Documents } from "../../state/documents.ts";
import type { SharedTurns } from "../../state/shared-turns.ts";
import type { SpokeStore } from "../../state/spoke-store.ts";

export interface RestorationUnderWay {
  readonly id: string;
  readonly changeIds: readonly string[];
}

/** What looking after a resource needs from outside. */
export interface WatchTools {
  readonly azure: AzurePorts;
  readonly configuration: PlatformConfiguration;
  readonly spokes: SpokeStore;
  readonly turns: SharedTurns;
  readonly changes: Documents<NetworkChange>;
  readonly pending: Documents<PendingWork>;
  /** Changes whose restoration is under way, by the key of their resource: what a crash leaves is found here. */
  readonly restoring: Documents<RestorationUnderWay>;
  amendmentsOf(spoke: string): Promise<readonly Amendment[]>;
  /** Tells the configured targets of a change that is stored; answers it with how that went. */
  tell(change: NetworkChange): Promise<NetworkChange>;
  /** The present moment, ISO 8601. */
  now(): string;
  log(message: string): void;
}
