import { blobServiceClient } from "../azure/blob-service.ts";
import type { Amendment } from "../domain/amendment.ts";
import type { NetworkChange } from "../domain/network-change.ts";
import type { SpokeRecord } from "../domain/spoke-record.ts";
import { AddressLeases } from "./address-leases.ts";
import { JsonBlobs } from "./blob-state.ts";
import { Documents } from "./documents.ts";
import { SharedTurns } from "./shared-turns.ts";
import { SpokeStore } from "./spoke-store.ts";

/** How the storage account is reached: with a connection string, or by identity. */
export type StateSettings =
  | { readonly connectionString: string }
  | { readonly blobServiceUri: string; readonly clientId: string | null };

export interface State {
  readonly spokes: SpokeStore;
  readonly leases: AddressLeases;
  readonly turns: SharedTurns;
  readonly amendments: Documents<Amendment>;
  /** Newest first. */
  readonly changes: Documents<NetworkChange>;
  /** For parts of the tool that keep documents of their own. */
  readonly blobs: JsonBlobs;
}

const containerName = "zero-trust-spokes";

/** A spoke that was removed, or refused before anything stood, has no addresses. */
function holdsNothing({ status, resources }: SpokeRecord): boolean {
  return status === "Removed" || (status === "Rejected" && resources.length === 0);
}

/** Opens the tool's state and makes its container where it does not stand. */
export async function openState(settings: StateSettings): Promise<State> {
  const service = await blobServiceClient(settings);
  const container = service.getContainerClient(containerName);
  await container.createIfNotExists();
  const blobs = new JsonBlobs(container);
  const spokes = new SpokeStore(blobs);
  const leases = new AddressLeases(blobs, async (spoke) => {
    const record = (await spokes.readRecord(spoke))?.value;
    return record === undefined || holdsNothing(record) ? null : record.addressPrefix;
  });
  return {
    spokes,
    leases,
    turns: new SharedTurns(container, blobs),
    amendments: new Documents(blobs, "amendments"),
    changes: new Documents(blobs, "changes"),
    blobs,
  };
}
