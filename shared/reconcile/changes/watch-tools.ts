import type { AzurePorts } from "../../azure/ports.ts";
import type { Amendment } from "../../domain/amendment.ts";
import type { NetworkChange } from "../../domain/network-change.ts";
import type { PlatformConfiguration } from "../../domain/platform-configuration.ts";
import type { PendingWork } from "../../domain/watched-resource.ts";
import type { Documents } from "../../state/documents.ts";
import type { SharedTurns } from "../../state/shared-turns.ts";
import type { SpokeStore } from "../../state/spoke-store.ts";

/** What the latest look that found something began with, written before it did anything. */
export interface LatestRestoration {
  readonly id: string;
  /** Of that look and of those before it, the latest last. */
  readonly changeIds: readonly string[];
  /** Whether it was about to restore; versions before wrote it only then, and without this. */
  readonly restores?: boolean;
}

/** What looking after a resource needs from outside. */
export interface WatchTools {
  readonly azure: AzurePorts;
  readonly configuration: PlatformConfiguration;
  readonly spokes: SpokeStore;
  readonly turns: SharedTurns;
  readonly changes: Documents<NetworkChange>;
  readonly pending: Documents<PendingWork>;
  /** By the key of the resource: what a crash leaves half-done, or done and not remembered, is found here. */
  readonly restorations: Documents<LatestRestoration>;
  amendmentsOf(spoke: string): Promise<readonly Amendment[]>;
  /** Tells the configured targets of a change that is stored; answers it with how that went. */
  tell(change: NetworkChange): Promise<NetworkChange>;
  /** The present moment, ISO 8601. */
  now(): string;
  log(message: string): void;
}
