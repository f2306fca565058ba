import { seedStorageAccounts } from "./seed-logs.ts";

/** The storage account whose queue hears of changes. */
export const eventStorageName = "stspokeevents";

/** The seed's storage accounts: those that have data behind them where a storage emulator runs. */
export const seedStorageNames: readonly string[] = [...seedStorageAccounts.map(({ name }) => name), eventStorageName];
