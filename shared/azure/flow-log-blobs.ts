import type { BlobItem, BlobServiceClient, ContainerClient } from "@azure/storage-blob";
import type { AzureClients } from "./clients.ts";
import { typedFailure } from "./errors.ts";
import { dayPrefix, flowLogContainer, flowLogFolders, hourPrefixes, partsOfName } from "./flow-log-blob-names.ts";
import type { FlowLogBlob, FlowLogBlobsPort, FlowLogStorage } from "./flow-log-blobs-port.ts";
import { unlessMissing } from "./missing.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Folders from the year down to the hour. */
const FOLDERS_TO_HOUR = 4;

/** Milliseconds after which one request without an answer is repeated; the SDK would wait for ever. */
const tryTimeoutInMs = 60_000;
/** How often a download goes on where its connection broke. */
const maxRetryRequests = 5;

/** Makes a client of the blobs of an account, by its blob endpoint. */
export type OpenBlobs = (blobEndpoint: string) => Promise<BlobServiceClient>;

/** The blobs of virtual network flow logs, read as the app's identity. */
export function flowLogBlobsPort(clients: AzureClients): FlowLogBlobsPort {
  return flowLogBlobs(clients, async (blobEndpoint) => {
    const { BlobServiceClient } = await import("@azure/storage-blob");
    return new BlobServiceClient(blobEndpoint, await clients.credential(), { retryOptions: { tryTimeoutInMs } });
  });
}

/** The same, of accounts that `open` opens: by a connection string, for one. */
export function flowLogBlobs({ attempt }: Pick<AzureClients, "attempt">, open: OpenBlobs): FlowLogBlobsPort {
  const containerOf = async ({ blobEndpoint }: FlowLogStorage) =>
    (await open(blobEndpoint)).getContainerClient(flowLogContainer);
  const inContainer = <R>(storage: FlowLogStorage, ask: (container: ContainerClient) => Promise<R>) =>
    // A container that does not stand was never written to.
    attempt(storage.flowLogId, async () => unlessMissing(async () => ask(await containerOf(storage))));

  return {
    list: async (storage, from, to) => {
      const found: FlowLogBlob[] = [];
      for (const folder of flowLogFolders(storage.flowLogId)) {
        if (!(await inContainer(storage, (container) => holdsAny(container, folder)))) continue;
        for (const prefix of hourPrefixes(folder, from, to)) {
          const blobs = await inContainer(storage, (container) => blobsUnder(container, prefix));
          found.push(...(blobs ?? []).filter(({ hour }) => hour + HOUR > from && hour < to));
        }
      }
      return found.sort((a, b) => a.hour - b.hour || (a.name < b.name ? -1 : 1));
    },

    async *read(storage, { name }) {
      try {
        const container = await containerOf(storage);
        const download = () => container.getBlobClient(name).download(0, undefined, { maxRetryRequests });
        const { readableStreamBody } = await attempt(storage.flowLogId, download);
        for await (const chunk of readableStreamBody ?? []) yield chunk as Buffer;
      } catch (thrown) {
        throw typedFailure(thrown, storage.flowLogId).error;
      }
    },

    newest: async (storage, now) => {
      const inFolders = await Promise.all(
        flowLogFolders(storage.flowLogId).map((folder) =>
          inContainer(storage, async (container) => {
            for (const day of [now, now - DAY]) {
              const blobs = await blobsUnder(container, dayPrefix(folder, day));
              if (blobs.length > 0) return newestOf(blobs);
            }
            return newestOf(await blobsUnder(container, await newestFolder(container, folder)));
          }),
        ),
      );
      return newestOf(inFolders.filter((blob) => blob !== null));
    },
  };
}

async function holdsAny(container: ContainerClient, prefix: string): Promise<boolean> {
  const pages = container.listBlobsFlat({ prefix }).byPage({ maxPageSize: 1 });
  for await (const page of pages) if (page.segment.blobItems.length > 0) return true;
  return false;
}

async function blobsUnder(container: ContainerClient, prefix: string): Promise<FlowLogBlob[]> {
  const blobs: FlowLogBlob[] = [];
  for await (const item of container.listBlobsFlat({ prefix })) blobs.push(...blobOf(item));
  return blobs;
}

function blobOf({ name, properties }: BlobItem): FlowLogBlob[] {
  const parts = partsOfName(name);
  if (parts === null) return [];
  const { contentLength = 0, lastModified } = properties;
  return [{ name, ...parts, bytes: contentLength, lastModified: lastModified.getTime() }];
}

/** The folder of the newest hour: years, months, days and hours sort as text. */
async function newestFolder(container: ContainerClient, folder: string): Promise<string> {
  let prefix = folder;
  for (let level = 0; level < FOLDERS_TO_HOUR; level += 1) {
    let last = "";
    for await (const item of container.listBlobsByHierarchy("/", { prefix })) {
      if (item.kind === "prefix" && item.name > last) last = item.name;
    }
    if (last === "") return prefix;
    prefix = last;
  }
  return prefix;
}

/** The one with the newest record: what lies in an hour that has not begun was written by somebody else, and no later. */
function newestOf(blobs: readonly FlowLogBlob[]): FlowLogBlob | null {
  const written = ({ hour, lastModified }: FlowLogBlob) => Math.min(lastModified, hour + HOUR);
  return blobs.reduce<FlowLogBlob | null>((newest, blob) => {
    const later =
      newest === null ||
      written(blob) - written(newest) ||
      blob.hour - newest.hour ||
      blob.lastModified - newest.lastModified;
    return later === true || later > 0 ? blob : newest;
  }, null);
}
