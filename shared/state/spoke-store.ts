import type { Lane } from "../domain/lane.ts";
import type { Plan } from "../domain/plan.ts";
import type { JournalEntry } from "../domain/run-journal.ts";
import type { SpokeRecord, SpokeStatus } from "../domain/spoke-record.ts";
import { type JsonBlobs, StaleStateError, type Stored } from "./blob-state.ts";

/** A plan as stored: with the lanes in which its work is done. */
export interface StoredPlan {
  readonly plan: Plan;
  readonly lanes: readonly Lane[];
}

/** One line of the list of spokes. */
export interface SpokeSummary {
  readonly name: string;
  readonly status: SpokeStatus;
  readonly subscriptionId: string;
  readonly location: string;
  readonly addressPrefix: string;
}

const plansRemembered = 50;

const recordName = (name: string) => `records/${name}.json`;
/** "proposed": as it was shown to who approves the run; it is planned again afterwards. */
export type PlanKind = "carried-out" | "proposed";

const planName = (name: string, revision: number, kind: PlanKind) =>
  `plans/${name}/${revision}${kind === "proposed" ? "-proposed" : ""}.json`;
const journalName = (name: string, revision: number) => `journals/${name}/${revision}.jsonl`;

/** Records, plans and journals of spokes. A plan is written once and never changed. */
export class SpokeStore {
  readonly #blobs: JsonBlobs;
  /** The plans that were used last: every activity of a run asks for its plan. */
  readonly #plans = new Map<string, StoredPlan>();

  constructor(blobs: JsonBlobs) {
    this.#blobs = blobs;
  }

  readRecord(name: string): Promise<Stored<SpokeRecord> | null> {
    return this.#blobs.read<SpokeRecord>(recordName(name));
  }

  /** @throws StaleStateError where the record is not the one that `etag` names (null: none). */
  writeRecord(record: SpokeRecord, etag: string | null): Promise<string> {
    return this.#blobs.write(recordName(record.name), record, etag, {
      status: record.status,
      subscriptionid: record.request.subscriptionId,
      location: record.request.location,
      addressprefix: record.addressPrefix,
    });
  }

  /**
   * Changes the record of a run, as often as others write between. Nothing happens where the record is of another run,
   * or where `change` answers the record itself.
   */
  async updateRun(name: string, revision: number, change: (record: SpokeRecord) => SpokeRecord): Promise<void> {
    for (;;) {
      const stored = await this.readRecord(name);
      if (stored === null || stored.value.revision !== revision) return;
      const changed = change(stored.value);
      if (changed === stored.value) return;
      try {
        await this.writeRecord(changed, stored.etag);
        return;
      } catch (error) {
        if (!(error instanceof StaleStateError)) throw error;
      }
    }
  }

  async listRecords(): Promise<readonly SpokeSummary[]> {
    const blobs = await this.#blobs.list("records/");
    return blobs.map(({ name, metadata }) => ({
      name: name.slice("records/".length, -".json".length),
      status: (metadata.status ?? "Accepted") as SpokeStatus,
      subscriptionId: metadata.subscriptionid ?? "",
      location: metadata.location ?? "",
      addressPrefix: metadata.addressprefix ?? "",
    }));
  }

  async readPlan(name: string, revision: number, kind: PlanKind = "carried-out"): Promise<StoredPlan | null> {
    const blob = planName(name, revision, kind);
    const plan = this.#plans.get(blob) ?? (await this.#blobs.read<StoredPlan>(blob))?.value;
    return plan === undefined ? null : this.#remember(blob, plan);
  }

  /** Keeps the first plan of a run: a repeated activity answers what the first one stored. */
  async keepPlan(
    name: string,
    revision: number,
    plan: StoredPlan,
    kind: PlanKind = "carried-out",
  ): Promise<StoredPlan> {
    try {
      await this.#blobs.write(planName(name, revision, kind), plan, null);
      return this.#remember(planName(name, revision, kind), plan);
    } catch (error) {
      if (!(error instanceof StaleStateError)) throw error;
      return (await this.readPlan(name, revision, kind)) ?? plan;
    }
  }

  /** Plans and journal of a run go: they are of another run of this number, whose record was lost or set back. */
  async forgetRun(name: string, revision: number): Promise<void> {
    const plans = [planName(name, revision, "carried-out"), planName(name, revision, "proposed")];
    for (const blob of plans) this.#plans.delete(blob);
    await Promise.all([...plans, journalName(name, revision)].map((blob) => this.#blobs.remove(blob)));
  }

  #remember(blob: string, plan: StoredPlan): StoredPlan {
    this.#plans.delete(blob);
    this.#plans.set(blob, plan);
    const [oldest] = this.#plans.keys();
    if (oldest !== undefined && this.#plans.size > plansRemembered) this.#plans.delete(oldest);
    return plan;
  }

  addToJournal(name: string, revision: number, entry: JournalEntry): Promise<void> {
    return this.#blobs.append(journalName(name, revision), entry);
  }

  readJournal(name: string, revision: number): Promise<readonly JournalEntry[]> {
    return this.#blobs.lines<JournalEntry>(journalName(name, revision));
  }
}
