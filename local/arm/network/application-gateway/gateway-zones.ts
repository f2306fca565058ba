import type { WriteContext } from "../../world.ts";
import { stringsOf, wordOf } from "../json-value.ts";
import { badRequest } from "./gateway-errors.ts";

/**
 * Reads the availability zones over which the gateway's instances are spread; they are settled when it is made.
 * @throws ArmError `ResourceAvailabilityZonesCannotBeModified`
 */
export function readZones({ id, existing }: WriteContext, given: unknown): string[] | undefined {
  const asked = stringsOf(given, "zones").map((zone) => wordOf(zone, "zones", ["1", "2", "3"]));
  const zones = [...new Set(asked)].sort();
  const present = existing?.body.zones ?? [];
  if (existing !== undefined && zones.join() !== present.join()) {
    throw badRequest(
      "ResourceAvailabilityZonesCannotBeModified",
      `Resource ${id.id} has an existing availability zone constraint ${present.join(", ")} and the request has availability zone constraint ${zones.join(", ")}, which do not match. Zones cannot be added/updated/removed once the resource is created. The resource cannot be updated from regional to zonal or vice-versa.`,
    );
  }
  return zones.length > 0 ? zones : undefined;
}
