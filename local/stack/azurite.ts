import { createRequire } from "node:module";
import { join } from "node:path";

/** Addresses on which Azurite (the storage emulator) listens. */
export interface AzuriteReady {
  readonly blob: string;
  readonly queue: string;
  readonly table: string;
}

const accountName = "devstoreaccount1";
/** The account key that Azurite and its documentation publish for everyone. */
const accountKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

/** Arguments to Node that start Azurite on the ports of its last life, or on free ones. */
export function azuriteArguments(dataFolder: string, last: AzuriteReady | null): string[] {
  const port = (address: string | undefined): string => (address ? new URL(address).port : "0");
  return [
    createRequire(import.meta.url).resolve("azurite/dist/src/azurite.js"),
    ...["--location", join(dataFolder, "azurite"), "--silent", "--skipApiVersionCheck", "--disableTelemetry"],
    ...["--blobPort", port(last?.blob), "--queuePort", port(last?.queue), "--tablePort", port(last?.table)],
  ];
}

/** Collects "… successfully listening at <address>", which Azurite prints for each of its three parts. */
export function azuriteReadyReader(): (line: string) => AzuriteReady | null {
  const found: Partial<Record<string, string>> = {};
  return (line) => {
    const match = /Azurite (Blob|Queue|Table) service is successfully listening at (http\S+)/.exec(line);
    if (!match?.[1] || !match[2]) return null;
    found[match[1]] = match[2];
    const { Blob: blob, Queue: queue, Table: table } = found;
    return blob && queue && table ? { blob, queue, table } : null;
  };
}

/** Connection string for `AzureWebJobsStorage`. */
export function azuriteConnectionString(azurite: AzuriteReady): string {
  return [
    "DefaultEndpointsProtocol=http",
    `AccountName=${accountName}`,
    `AccountKey=${accountKey}`,
    `BlobEndpoint=${azurite.blob}/${accountName}`,
    `QueueEndpoint=${azurite.queue}/${accountName}`,
    `TableEndpoint=${azurite.table}/${accountName}`,
  ].join(";");
}
