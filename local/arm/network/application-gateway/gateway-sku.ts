import type { JsonObject } from "../../json.ts";
import { defined, integerOf, objectOf, wordOf } from "../json-value.ts";
import { requireKnownMembers } from "../stored-body.ts";
import { badRequest, notModelled, outOfRange } from "./gateway-errors.ts";

const VERSION_2 = ["Standard_v2", "WAF_v2"] as const;
const BASIC = ["Basic", "Basic_v2", "Basic_WAF_v2"] as const;
const VERSION_1 = ["Standard_Small", "Standard_Medium", "Standard_Large", "WAF_Medium", "WAF_Large"] as const;
/** "Azure subscription and service limits", Application Gateway: instances per gateway. */
const MAX_INSTANCES = 125;

/** The size of a gateway: `sku` and, unless the sku has a fixed capacity, `autoscaleConfiguration`. */
export interface GatewaySize {
  readonly sku: { readonly name: string; readonly tier: string; readonly capacity?: number };
  readonly autoscaleConfiguration?: { readonly minCapacity: number; readonly maxCapacity?: number };
}

/**
 * Reads the size of a v2 gateway: a fixed number of instances, or bounds between which Azure scales.
 * @throws ArmError `ApplicationGatewayV2SkuMustSpecifyEitherCapacityOrAutoscaleConfiguration` without either or with both
 */
export function readSize(given: JsonObject, gatewayId: string): GatewaySize {
  const path = "properties.sku";
  const sku = objectOf(given.sku, path);
  requireKnownMembers(sku, path, { modelled: ["name", "tier", "capacity"], readOnly: ["family"] });
  const name = wordOf(sku.name, `${path}.name`, [...VERSION_2, ...BASIC, ...VERSION_1]);
  if (VERSION_1.some((old) => old === name)) {
    throw badRequest(
      "ApplicationGatewaySkuTierDeprecated",
      `Application Gateway SKU tier ${name.split("_")[0]} has been deprecated. Supported SKU tiers are ${VERSION_2.join(",")}`,
    );
  }
  if (BASIC.some((basic) => basic === name)) throw notModelled(`Application Gateways of sku ${name}`);
  const tier = wordOf(sku.tier, `${path}.tier`, [name]);
  const scaled = given.autoscaleConfiguration !== undefined && given.autoscaleConfiguration !== null;
  const fixed = sku.capacity !== undefined && sku.capacity !== null;
  if (scaled === fixed) {
    throw badRequest(
      "ApplicationGatewayV2SkuMustSpecifyEitherCapacityOrAutoscaleConfiguration",
      `Application Gateway ${gatewayId} must specify either Capacity or AutoscaleConfiguration for the selected SKU tier ${tier}`,
    );
  }
  if (!fixed)
    return { sku: { name, tier }, autoscaleConfiguration: readBounds(given.autoscaleConfiguration, gatewayId) };
  const capacity = integerOf(sku.capacity, `${path}.capacity`, 0);
  if (capacity < 1 || capacity > MAX_INSTANCES) {
    throw outOfRange("ApplicationGatewaySkuInvalidCapacity", `Capacity of ${gatewayId}`, capacity, 1, MAX_INSTANCES);
  }
  return { sku: { name, tier, capacity } };
}

function readBounds(value: unknown, gatewayId: string): { minCapacity: number; maxCapacity?: number } {
  const path = "properties.autoscaleConfiguration";
  const bounds = objectOf(value, path);
  requireKnownMembers(bounds, path, { modelled: ["minCapacity", "maxCapacity"] });
  const minCapacity = integerOf(bounds.minCapacity, `${path}.minCapacity`, -1);
  const maxCapacity = integerOf(bounds.maxCapacity, `${path}.maxCapacity`, MAX_INSTANCES);
  const valid = minCapacity >= 0 && maxCapacity >= 2 && minCapacity <= maxCapacity && maxCapacity <= MAX_INSTANCES;
  if (!valid) {
    throw badRequest(
      "ApplicationGatewayInvalidAutoscaleConfiguration",
      `Application Gateway ${gatewayId} has invalid autoscale bounds ${minCapacity} to ${maxCapacity}. The minimum is between 0 and the maximum, the maximum between 2 and ${MAX_INSTANCES}.`,
    );
  }
  return defined({
    minCapacity,
    maxCapacity: bounds.maxCapacity === undefined || bounds.maxCapacity === null ? undefined : maxCapacity,
  }) as { minCapacity: number; maxCapacity?: number };
}

/** Private addresses that the gateway's instances take at least ("Application Gateway infrastructure configuration"). */
export function instancesOf(properties: JsonObject): number {
  const { sku, autoscaleConfiguration } = properties as unknown as GatewaySize;
  return sku.capacity ?? Math.max(autoscaleConfiguration?.minCapacity ?? 0, 1);
}
