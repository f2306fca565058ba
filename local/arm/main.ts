import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { destination, pino } from "pino";
import { type Cloud, clouds, isCloudName } from "./cloud.ts";
import { KeptRecords } from "./records/kept-records.ts";
import { readAppRoles } from "./seed/app-roles.ts";
import { startLocalAzure } from "./start-local-azure.ts";
import { BackingStorage } from "./storage-data/backing-storage.ts";

/*
 * Local Azure as a process of its own. Settings: LOCAL_AZURE_PORT, LOCAL_DATA_DIR, LOCAL_AZURE_SPEED, LOCAL_LOG_LEVEL,
 * LOCAL_AZURE_CLOUD (a name of `clouds`: which cloud it plays),
 * LOCAL_AZURE_STORAGE (the storage emulator behind storage accounts, see `BackingStorage`), LOCAL_AZURE_RECORDS_DIR (see `KeptRecords`); `--roles DIR` names the folder of the app's custom roles. One JSON line on stdout says that it is ready; logs go to
 * stderr; SIGTERM ends it.
 */
const { values } = parseArgs({ options: { roles: { type: "string" } } });
const logger = pino({ level: process.env.LOCAL_LOG_LEVEL ?? "info" }, destination(2));
const azure = await startLocalAzure({
  port: numberOf("LOCAL_AZURE_PORT", 7443),
  dataDir: resolve(process.env.LOCAL_DATA_DIR ?? ".local"),
  cloud: cloudOf("LOCAL_AZURE_CLOUD"),
  speed: numberOf("LOCAL_AZURE_SPEED", 20),
  roles: values.roles === undefined ? [] : readAppRoles(resolve(values.roles)),
  storage: BackingStorage.parse(process.env.LOCAL_AZURE_STORAGE),
  logger,
  keptRecords: new KeptRecords(process.env.LOCAL_AZURE_RECORDS_DIR),
});
const { url, caFile, identityEndpoint, identityHeader } = azure;
process.stdout.write(
  `${JSON.stringify({ ready: true, url, pid: process.pid, caFile, identityEndpoint, identityHeader })}\n`,
);

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, async () => {
    await azure.close();
    process.exit(0);
  });
}

function cloudOf(name: string): Cloud {
  const text = process.env[name] || "AzureCloud";
  if (!isCloudName(text)) throw new Error(`${name} must be one of ${Object.keys(clouds).join(", ")}, not '${text}'.`);
  return clouds[text];
}

function numberOf(name: string, otherwise: number): number {
  const text = process.env[name];
  const value = text === undefined || text === "" ? otherwise : Number(text);
  if (!Number.isFinite(value) || value < 0) throw new Error(`${name} must be a number of at least 0, not '${text}'.`);
  return value;
}
