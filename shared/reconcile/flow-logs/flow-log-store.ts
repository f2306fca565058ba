import type { FlowLogReport } from "../../domain/flow-log-coverage.ts";
import { inParallel } from "../../domain/in-parallel.ts";
import type { SeenStorage, SubscriptionSight } from "../../spoke/flow-log-enforcement/observed-networks.ts";
import type { JsonBlobs } from "../../state/blob-state.ts";
import { Documents } from "../../state/documents.ts";

/** What one pass saw of one subscription. */
export interface StoredSight {
  readonly sight: SubscriptionSight;
  readonly storages: readonly SeenStorage[];
}

/** Reports of flow logs, one for each subscription, and what the pass at work saw: activities hand it on by reference. */
export class FlowLogStore {
  /** Under the subscription's id. */
  readonly reports: Documents<FlowLogReport>;
  readonly #blobs: JsonBlobs;

  constructor(blobs: JsonBlobs) {
    this.#blobs = blobs;
    this.reports = new Documents(blobs, "flow-logs/reports");
  }

  /** Keeps what a pass saw, and forgets what earlier passes did. */
  async keepSights(pass: string, sights: Iterable<SubscriptionSight>, storages: readonly SeenStorage[]): Promise<void> {
    for (const name of await this.#blobs.names(folder)) {
      if (!name.startsWith(`${folder}${pass}/`)) await this.#blobs.remove(name);
    }
    await inParallel([...sights], writesAtOnce, (sight) =>
      this.#blobs.overwrite(nameOf(pass, sight.subscriptionId), { sight, storages }),
    );
  }

  /** Null where a later pass has begun. */
  async readSight(pass: string, subscriptionId: string): Promise<StoredSight | null> {
    return (await this.#blobs.read<StoredSight>(nameOf(pass, subscriptionId)))?.value ?? null;
  }

  /** Forgets the reports of subscriptions that nobody looks after any more. */
  async keepReportsOf(subscriptionIds: readonly string[]): Promise<void> {
    for (const { id } of await this.reports.list()) {
      if (!subscriptionIds.includes(id)) await this.reports.remove(id);
    }
  }
}

const writesAtOnce = 16;
const folder = "flow-logs/passes/";

/** Both are the tool's own: a moment in digits, and the GUID of a subscription. */
function nameOf(pass: string, subscriptionId: string): string {
  return `${folder}${pass}/${subscriptionId}.json`;
}
