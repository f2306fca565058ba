import { z } from "zod";
import { parseResourceId, sameId } from "../../resource-id.ts";
import type { ProviderOperation } from "../../resource-type.ts";
import type { WriteContext } from "../../world.ts";
import { accountNameInvalid, storageAccountAlreadyExists, storageAccountAlreadyTaken } from "../platform-errors.ts";
import { parseShape } from "../shape.ts";

export const storageAccountType = "Microsoft.Storage/storageAccounts";

export const storageApiVersions = [
  "2021-09-01",
  "2022-09-01",
  "2023-01-01",
  "2023-05-01",
  "2024-01-01",
  "2025-01-01",
  "2025-06-01",
  "2026-09-01",
];

const accountName = /^[a-z0-9]{3,24}$/;

/**
 * Refuses what is no name of a storage account, and a name that another account has: names are unique in all of Azure.
 * @throws ArmError AccountNameInvalid, StorageAccountAlreadyExists, StorageAccountAlreadyTaken
 */
export function checkAccountName(context: WriteContext): void {
  const { name, subscriptionId } = context.id;
  if (!accountName.test(name)) throw accountNameInvalid(name);
  const other = context.world.list(storageAccountType).find((account) => account.name === name);
  if (other === undefined || sameId(other.id, context.id.id)) return;
  const mine = parseResourceId(other.id)?.subscriptionId?.toLowerCase() === subscriptionId?.toLowerCase();
  throw mine ? storageAccountAlreadyExists(name) : storageAccountAlreadyTaken(name);
}

/** Storage accounts - check name availability. */
export const storageAccountNameAvailability: ProviderOperation = {
  method: "POST",
  path: "/subscriptions/{subscriptionId}/providers/Microsoft.Storage/checkNameAvailability",
  apiVersions: storageApiVersions,
  action: "Microsoft.Storage/checkNameAvailability/read",
  invoke: ({ world }, body) => {
    const { name } = parseShape(
      "CheckNameAvailabilityParameters",
      body,
      z.strictObject({ name: z.string(), type: z.literal(storageAccountType) }),
    );
    if (!accountName.test(name)) {
      return {
        body: { nameAvailable: false, reason: "AccountNameInvalid", message: accountNameInvalid(name).message },
      };
    }
    const taken = world.list(storageAccountType).some((account) => account.name === name);
    if (!taken) return { body: { nameAvailable: true } };
    return {
      body: { nameAvailable: false, reason: "AlreadyExists", message: storageAccountAlreadyTaken(name).message },
    };
  },
};
