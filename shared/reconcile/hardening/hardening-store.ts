import { inParallel } from "../../domain/in-parallel.ts";
import type { SeenStorage } from "../../spoke/flow-log-enforcement/observed-networks.ts";
import type { JsonBlobs } from "../../state/blob-state.ts";
import type { HardeningSight } from "./observe-hardening.ts";
import type { KnownRules } from "./rules-since.ts";

/** What one pass saw of one subscription. */
export interface StoredHardeningSight {
  readonly sight: HardeningSight;
  readonly storages: readonly SeenStorage[];
}

/** What the pass at work saw, which activities hand on by reference, and since when rules of spokes are what they are. */
export class HardeningStore {
  readonly #blobs: JsonBlobs;

  constructor(blobs: JsonBlobs) {
    this.#blobs = blobs;
  }

  /** Keeps what a pass saw, and forgets what earlier passes did. */
  async keepSights(pass: string, sights: Iterable<HardeningSight>, storages: readonly SeenStorage[]): Promise<void> {
    for (const name of await this.#blobs.names(passes)) {
      if (!name.startsWith(`${passes}${pass}/`)) await this.#blobs.remove(name);
    }
    await inParallel([...sights], writesAtOnce, (sight) =>
      this.#blobs.overwrite(`${passes}${pass}/${sight.subscriptionId}.json`, { sight, storages }),
    );
  }

  /** Null where a later pass has begun. */
  async readSight(pass: string, subscriptionId: string): Promise<StoredHardeningSight | null> {
    const name = `${passes}${pass}/${subscriptionId.toLowerCase()}.json`;
    return (await this.#blobs.read<StoredHardeningSight>(name))?.value ?? null;
  }

  /** Null where the spoke is seen for the first time. */
  async knownRules(spoke: string): Promise<KnownRules | null> {
    return (await this.#blobs.read<KnownRules>(`hardening/rules/${spoke}.json`))?.value ?? null;
  }

  async keepRules(spoke: string, rules: KnownRules): Promise<void> {
    await this.#blobs.overwrite(`hardening/rules/${spoke}.json`, rules);
  }

  /** Forgets what was learned of spokes that stand no more. */
  async forget(spoke: string): Promise<void> {
    for (const name of await this.#blobs.names(`traffic/${spoke}/`)) await this.#blobs.remove(name);
    await this.#blobs.remove(`hardening/rules/${spoke}.json`);
  }
}

const writesAtOnce = 16;
const passes = "hardening/passes/";
