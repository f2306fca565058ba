import type { PagePosition } from "../../azure/resource-graph-pages.ts";
import type { ComplianceSweep, ControlWeights, ScorePoint, SpokeCompliance } from "../../domain/compliance.ts";
import { inParallel } from "../../domain/in-parallel.ts";
import { type JsonBlobs, StaleStateError, type Stored } from "../../state/blob-state.ts";
import type { KnownOfSpokes } from "./known-of-spokes.ts";

/** What a sweep is about, fixed when it begins. */
export interface SweepScope {
  /** When it began: amendments count as of then. */
  readonly startedAt: string;
  /** Subscriptions with spokes, and the names of these. */
  readonly subscriptions: readonly { readonly subscriptionId: string; readonly spokes: readonly string[] }[];
  /** Subscriptions in which hubs, log storage and DNS zones lie. */
  readonly surroundings: readonly string[];
}

/** How far the reading of one query has come. */
export interface ReadProgress {
  readonly pages: number;
  readonly calls: number;
  readonly rows: number;
  /** Null where the last page was read. */
  readonly next: PagePosition | null;
}

/** A row's key and the hash of all that it says; of a network also the hash of what its neighbours care about. */
export interface RowDigest {
  readonly key: string;
  readonly digest: string;
  readonly neighbour?: string;
}

/** The verdicts of the spokes of one subscription. */
export interface SubscriptionVerdicts {
  readonly sweepId: string;
  readonly assessed: number;
  readonly value: readonly SpokeCompliance[];
}

/** What the assessment of one subscription came to, for the sums. */
export interface SubscriptionResult {
  readonly spokes: number;
  readonly assessed: number;
  readonly failed: number;
  readonly weights: ControlWeights;
  readonly repaired: number;
}

const currentName = "compliance/sweep.json";
const historyName = "compliance/history.json";
const verdictsFolder = "compliance/verdicts/";
const sweepsFolder = "compliance/sweeps/";
const longestHistory = 400;
const atOnce = 32;

/**
 * What sweeps keep: the sweep of now, the verdicts of the last, the history; and of the sweep at work everything that was
 * read, so that nothing is read again after a crash. Names are made of the tool's own ids alone.
 */
export class SweepStore {
  readonly #blobs: JsonBlobs;

  constructor(blobs: JsonBlobs) {
    this.#blobs = blobs;
  }

  current(): Promise<Stored<ComplianceSweep> | null> {
    return this.#blobs.read<ComplianceSweep>(currentName);
  }

  /** @throws StaleStateError where the sweep of now is not the one that `etag` names (null: none). */
  async writeCurrent(sweep: ComplianceSweep, etag: string | null): Promise<void> {
    await this.#blobs.write(currentName, sweep, etag);
  }

  /** The scope of a sweep: the first that was kept. */
  async keepScope(id: string, scope: SweepScope): Promise<SweepScope> {
    try {
      await this.#blobs.write(`${sweepsFolder}${id}/scope.json`, scope, null);
      return scope;
    } catch (error) {
      if (!(error instanceof StaleStateError)) throw error;
      return (await this.readScope(id)) ?? scope;
    }
  }

  async readScope(id: string): Promise<SweepScope | null> {
    return (await this.#blobs.read<SweepScope>(`${sweepsFolder}${id}/scope.json`))?.value ?? null;
  }

  async readProgress(id: string, query: string): Promise<ReadProgress | null> {
    return (await this.#blobs.read<ReadProgress>(`${sweepsFolder}${id}/progress/${query}.json`))?.value ?? null;
  }

  async writeProgress(id: string, query: string, progress: ReadProgress): Promise<void> {
    await this.#blobs.overwrite(`${sweepsFolder}${id}/progress/${query}.json`, progress);
  }

  async allProgress(id: string): Promise<readonly ReadProgress[]> {
    return this.#all<ReadProgress>(`${sweepsFolder}${id}/progress/`);
  }

  /** Puts down the rows of one page that are of one place (a subscription, or what all share), as JSON texts. */
  async putRows(
    id: string,
    place: string,
    page: string,
    rows: readonly string[],
    digests: readonly RowDigest[],
  ): Promise<void> {
    await this.#blobs.overwriteText(`${sweepsFolder}${id}/rows/${place}/${page}.json`, `[${rows.join(",")}]`);
    await this.#blobs.overwrite(`${sweepsFolder}${id}/digests/${place}/${page}.json`, digests);
  }

  async readRows<R>(id: string, place: string): Promise<readonly R[]> {
    return (await this.#all<readonly R[]>(`${sweepsFolder}${id}/rows/${place}/`)).flat();
  }

  async readDigests(id: string, place: string): Promise<readonly RowDigest[]> {
    return (await this.#all<readonly RowDigest[]>(`${sweepsFolder}${id}/digests/${place}/`)).flat();
  }

  /** What was read of a subscription beside rows; made where it is not kept yet. */
  async keepSetting<R>(id: string, subscriptionId: string, kind: string, read: () => Promise<R>): Promise<R> {
    const name = `${sweepsFolder}${id}/settings/${subscriptionId}/${kind}.json`;
    const kept = await this.#blobs.read<R>(name);
    if (kept !== null) return kept.value;
    const value = await read();
    await this.#blobs.overwrite(name, value);
    return value;
  }

  async readSettings<R>(id: string, subscriptionId: string): Promise<readonly R[]> {
    return this.#all<R>(`${sweepsFolder}${id}/settings/${subscriptionId}/`);
  }

  async readKnown(id: string, subscriptionId: string): Promise<KnownOfSpokes | null> {
    return (await this.#blobs.read<KnownOfSpokes>(`${sweepsFolder}${id}/known/${subscriptionId}.json`))?.value ?? null;
  }

  async writeKnown(id: string, subscriptionId: string, known: KnownOfSpokes): Promise<void> {
    await this.#blobs.overwrite(`${sweepsFolder}${id}/known/${subscriptionId}.json`, known);
  }

  async countSettings(id: string): Promise<number> {
    return (await this.#blobs.names(`${sweepsFolder}${id}/settings/`)).length;
  }

  async readVerdicts(subscriptionId: string): Promise<SubscriptionVerdicts | null> {
    return (await this.#blobs.read<SubscriptionVerdicts>(`${verdictsFolder}${subscriptionId}.json`))?.value ?? null;
  }

  async writeVerdicts(subscriptionId: string, verdicts: SubscriptionVerdicts): Promise<void> {
    await this.#blobs.overwrite(`${verdictsFolder}${subscriptionId}.json`, verdicts);
  }

  allVerdicts(): Promise<readonly SubscriptionVerdicts[]> {
    return this.#all<SubscriptionVerdicts>(verdictsFolder);
  }

  /** Forgets the verdicts of subscriptions in which no spoke is left. */
  async keepVerdictsOf(subscriptionIds: readonly string[]): Promise<void> {
    const kept = new Set(subscriptionIds.map((one) => `${verdictsFolder}${one}.json`));
    await this.#remove((await this.#blobs.names(verdictsFolder)).filter((name) => !kept.has(name)));
  }

  async readResult(id: string, subscriptionId: string): Promise<SubscriptionResult | null> {
    const stored = await this.#blobs.read<SubscriptionResult>(`${sweepsFolder}${id}/results/${subscriptionId}.json`);
    return stored?.value ?? null;
  }

  async writeResult(id: string, subscriptionId: string, result: SubscriptionResult): Promise<void> {
    await this.#blobs.overwrite(`${sweepsFolder}${id}/results/${subscriptionId}.json`, result);
  }

  allResults(id: string): Promise<readonly SubscriptionResult[]> {
    return this.#all<SubscriptionResult>(`${sweepsFolder}${id}/results/`);
  }

  async history(): Promise<readonly ScorePoint[]> {
    return (await this.#blobs.read<readonly ScorePoint[]>(historyName))?.value ?? [];
  }

  /** Adds a point; the same moment again is the same point. */
  async addToHistory(point: ScorePoint): Promise<void> {
    const others = (await this.history()).filter(({ at }) => at !== point.at);
    await this.#blobs.overwrite(historyName, [...others, point].slice(-longestHistory));
  }

  /** Forgets what sweeps have read. */
  async forgetReadings(): Promise<void> {
    await this.#remove(await this.#blobs.names(sweepsFolder));
  }

  async #all<R>(prefix: string): Promise<readonly R[]> {
    const names = await this.#blobs.names(prefix);
    const all = await inParallel(names, atOnce, (name) => this.#blobs.read<R>(name));
    return all.flatMap((stored) => (stored === null ? [] : [stored.value]));
  }

  async #remove(names: readonly string[]): Promise<void> {
    await inParallel(names, atOnce, (name) => this.#blobs.remove(name));
  }
}
