import { text } from "node:stream/consumers";
import { BlobServiceClient, type ContainerClient } from "@azure/storage-blob";
import type { JournalEntry } from "../../../shared/domain/run-journal.ts";
import type { SpokeRecord } from "../../../shared/domain/spoke-record.ts";
import type { AddressLease } from "../../../shared/state/address-lease.ts";
import type { StoredPlan } from "../../../shared/state/spoke-store.ts";

/** One blob of the app's state. */
export interface StateBlob {
  readonly name: string;
  /** Whether someone holds a lease on it. */
  readonly leased: boolean;
}

/** How far the work on the changes of a run is. */
export interface RunProgress {
  readonly done: number;
  readonly total: number;
  /** Changes that were begun and have no end: indices into the plan. */
  readonly open: readonly string[];
}

/** The app's state as it lies in its storage account, read past the app. */
export class SpokeState {
  readonly #container: ContainerClient;

  constructor(connectionString: string) {
    this.#container = BlobServiceClient.fromConnectionString(connectionString).getContainerClient("zero-trust-spokes");
  }

  async blobs(): Promise<StateBlob[]> {
    const found: StateBlob[] = [];
    for await (const { name, properties } of this.#container.listBlobsFlat()) {
      found.push({ name, leased: properties.leaseState === "leased" });
    }
    return found;
  }

  /** Blobs of turns that somebody holds, and wishes of those that wait. */
  async turnsAndWishes(): Promise<string[]> {
    const blobs = await this.blobs();
    return blobs.filter(({ name, leased }) => leased || name.includes("/wishes/")).map(({ name }) => name);
  }

  async record(spoke: string): Promise<SpokeRecord | null> {
    const stored = await this.#text(`records/${spoke}.json`);
    return stored === null ? null : (JSON.parse(stored) as SpokeRecord);
  }

  /** Prefixes that the spoke holds. */
  async prefixes(spoke: string): Promise<string[]> {
    const leases = JSON.parse((await this.#text("address-space.json")) ?? "[]") as AddressLease[];
    return leases.filter((lease) => lease.spoke === spoke).map((lease) => lease.prefix);
  }

  /** Progress of the run with this revision; null before it is planned. */
  async progress(spoke: string, revision: number): Promise<RunProgress | null> {
    const stored = await this.#text(`plans/${spoke}/${revision}.json`);
    if (stored === null) return null;
    const { changes } = (JSON.parse(stored) as StoredPlan).plan;
    const lines = ((await this.#text(`journals/${spoke}/${revision}.jsonl`)) ?? "").split("\n").filter(Boolean);
    const last = new Map<number, JournalEntry>();
    for (const line of lines) {
      const entry = JSON.parse(line) as JournalEntry;
      last.set(entry.change, entry);
    }
    const entries = [...last.values()];
    const open = entries.filter((entry) => entry.event === "started").map((entry) => changes[entry.change]?.id ?? "");
    const done = entries.filter((entry) => entry.event === "finished" && entry.failure === null).length;
    return { done, total: changes.filter((change) => change.action !== "none").length, open };
  }

  async #text(name: string): Promise<string | null> {
    try {
      // One answer, and therefore one state of the blob: downloadToBuffer asks for its length before.
      const { readableStreamBody } = await this.#container.getBlobClient(name).download();
      return readableStreamBody === undefined ? "" : await text(readableStreamBody);
    } catch (error) {
      if ((error as { statusCode?: unknown }).statusCode === 404) return null;
      throw error;
    }
  }
}
