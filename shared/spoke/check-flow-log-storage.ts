import { RefusedError } from "../domain/errors.ts";
import type { StorageAccountFact } from "../domain/platform-facts.ts";

/** What a flow log wants to know of the account that it writes to. */
export type FlowLogStorage = Pick<StorageAccountFact, "id" | "location" | "skuName" | "allowSharedKeyAccess">;

/**
 * Azure writes flow logs only to a standard storage account in the region of the virtual network (Azure Network
 * Watcher, "Virtual network flow logs", considerations; trap 25): said before anything is made.
 * @throws RefusedError `FlowLogStorageMissing`, `FlowLogStorageElsewhere`, `FlowLogStorageNotStandard`.
 */
export function checkFlowLogStorage(
  location: string,
  configuredId: string | undefined,
  account: FlowLogStorage | null,
): asserts account {
  if (account === null) {
    throw refused(
      "FlowLogStorageMissing",
      "The storage account for flow logs of this location does not stand, or the tool may not read it.",
      configuredId ?? null,
      "Create the account that flowLogs.storageAccountIds of the platform configuration names.",
    );
  }
  if (account.location !== location) {
    throw refused(
      "FlowLogStorageElsewhere",
      `The storage account for flow logs of ${location} stands in ${account.location}; Azure takes only one of the same region.`,
      account.id,
      `Let flowLogs.storageAccountIds of the platform configuration name an account in ${location}.`,
    );
  }
  if (!account.skuName.startsWith("Standard_")) {
    throw refused(
      "FlowLogStorageNotStandard",
      `The storage account for flow logs is ${account.skuName}; flow logs need a standard account.`,
      account.id,
      "Let flowLogs.storageAccountIds of the platform configuration name a Standard account.",
    );
  }
}

function refused(code: string, message: string, resourceId: string | null, remedy: string): RefusedError {
  return new RefusedError({ code, message, resourceId, remedy });
}
