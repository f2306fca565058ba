import { isJsonObject } from "../../json.ts";
import type { WriteContext } from "../../world.ts";
import { networkAclsValidationFailure } from "../platform-errors.ts";
import type { StorageAccountProperties } from "./storage-account-properties.ts";

/**
 * Checks the subnets that an account opens itself to: they stand, the caller may join them, and they have the service
 * endpoint of Azure Storage.
 * @throws ArmError NetworkAclsValidationFailure, and as references demand
 */
export function checkNetworkRules(context: WriteContext, given: StorageAccountProperties): void {
  for (const rule of given.networkAcls?.virtualNetworkRules ?? []) {
    const subnet = context.reference(rule.id, {
      type: "Microsoft.Network/virtualNetworks/subnets",
      joinAction: "joinViaServiceEndpoint",
    });
    const endpoints = subnet.body.properties.serviceEndpoints;
    const names = Array.isArray(endpoints) ? endpoints.map((one) => (isJsonObject(one) ? one.service : undefined)) : [];
    if (!names.some((name) => name === "Microsoft.Storage" || name === "Microsoft.Storage.Global")) {
      throw networkAclsValidationFailure(rule.id);
    }
  }
}
