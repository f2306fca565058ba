import { jsonPointer } from "../json-pointer.ts";
import type { Violation } from "../violation.ts";
import type { ConfigurationParts } from "./configuration-parts.ts";

/** Hubs, pools and storage accounts stand in configured locations; each location has a storage account for flow logs. */
export function* locationRules(parts: ConfigurationParts): Generator<Violation> {
  const locations = new Set(parts.locations);
  const hubLocations = new Set<string>();
  for (const [index, { location }] of parts.hubs.entries()) {
    if (location === undefined) continue;
    const path = ["hubs", index, "location"];
    if (!locations.has(location)) yield unknownLocation(path, location);
    if (hubLocations.has(location)) {
      const message = `Another hub stands in ${location}: a location has one hub.`;
      yield { pointer: jsonPointer(path), code: "duplicate-hub", message };
    }
    hubLocations.add(location);
  }
  for (const location of parts.poolLocations) {
    if (!locations.has(location)) yield unknownLocation(["addressPools", location], location);
  }
  if (parts.storageLocations === undefined) return;
  for (const location of parts.storageLocations) {
    if (!locations.has(location)) yield unknownLocation(["flowLogs", "storageAccountIds", location], location);
  }
  // Flow logs are written to storage in the region of the virtual network (Azure, "VNet flow logs", Storage).
  for (const location of locations) {
    if (location === undefined || parts.storageLocations.includes(location)) continue;
    const pointer = jsonPointer(["flowLogs", "storageAccountIds", location]);
    yield { pointer, code: "missing", message: `The location ${location} needs a storage account for flow logs.` };
  }
}

function unknownLocation(path: readonly (string | number)[], location: string): Violation {
  const name = JSON.stringify(location.slice(0, 64));
  return { pointer: jsonPointer(path), code: "unknown-location", message: `${name} is not one of the locations.` };
}
