import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { join } from "node:path";
import { eventStorageName, seedStorageNames } from "../arm/seed/seed-storage-names.ts";
import { freePorts } from "./free-port.ts";

/** Addresses on which Azurite (the storage emulator) listens. */
export interface AzuriteReady {
  readonly blob: string;
  readonly queue: string;
  readonly table: string;
}

const appAccount = "devstoreaccount1";
/** Key of the app's account, which Azurite and its documentation publish for everyone. */
const appAccountKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

/** The storage accounts of local Azure's seed. Their keys are no secrets: they open nothing but this emulator. */
const seedAccounts = seedStorageNames.map((name) => ({ name, key: keyOf(name) }));

function keyOf(account: string): string {
  return account === appAccount ? appAccountKey : createHash("sha512").update(account).digest("base64");
}

/** Free addresses for Azurite, known before it runs, so that local Azure can start beside it. */
export async function chooseAzuriteAddresses(): Promise<AzuriteReady> {
  const [blob, queue, table] = (await freePorts(3)).map((port) => `http://127.0.0.1:${port}`);
  if (blob === undefined || queue === undefined || table === undefined) throw new Error("Three ports were asked for");
  return { blob, queue, table };
}

/** Environment of Azurite: the app's account, and those of local Azure's seed. */
export function azuriteEnvironment(): Record<string, string> {
  const accounts = [{ name: appAccount, key: appAccountKey }, ...seedAccounts];
  return { AZURITE_ACCOUNTS: accounts.map(({ name, key }) => `${name}:${key}`).join(";") };
}

/** Environment of local Azure: where the data of the seed's storage accounts is. */
export function backingStorageEnvironment({ blob, queue }: AzuriteReady): Record<string, string> {
  return { LOCAL_AZURE_STORAGE: JSON.stringify({ blob, queue, accounts: seedAccounts }) };
}

/** Arguments to Node that start Azurite on the given addresses, or on free ones. */
export function azuriteArguments(dataFolder: string, at: AzuriteReady | null): string[] {
  const port = (address: string | undefined): string => (address ? new URL(address).port : "0");
  return [
    createRequire(import.meta.url).resolve("azurite/dist/src/azurite.js"),
    ...["--location", join(dataFolder, "azurite"), "--silent", "--skipApiVersionCheck", "--disableTelemetry"],
    ...["--blobPort", port(at?.blob), "--queuePort", port(at?.queue), "--tablePort", port(at?.table)],
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

/** Connection string of the account whose queue hears of changes. */
export function eventConnectionString(azurite: AzuriteReady): string {
  return azuriteConnectionString(azurite, eventStorageName);
}

/** Connection string of an account; the app's own, for `AzureWebJobsStorage`, where none is named. */
export function azuriteConnectionString(azurite: AzuriteReady, account = appAccount): string {
  return [
    "DefaultEndpointsProtocol=http",
    `AccountName=${account}`,
    `AccountKey=${keyOf(account)}`,
    `BlobEndpoint=${azurite.blob}/${account}`,
    `QueueEndpoint=${azurite.queue}/${account}`,
    `TableEndpoint=${azurite.table}/${account}`,
  ].join(";");
}
