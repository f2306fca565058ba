import type { Amendment } from "../domain/amendment.ts";
import type { DesiredResource, ObservedResource } from "../domain/resource.ts";
import { sameResourceId } from "../domain/resource-id.ts";
import { valueAt, withValueAt } from "./body-pointer.ts";

/** A desired resource with what somebody decided about it; `asItStands`: whatever is there or not may stay so. */
export interface AmendedResource {
  readonly desired: DesiredResource;
  readonly asItStands: boolean;
}

/**
 * Amends what a resource shall be: properties that an amendment sets, and those that it tolerates, which become as they
 * are observed. Later amendments prevail.
 * @param amendments those in force for the spoke
 */
export function amend(
  desired: DesiredResource,
  observed: ObservedResource | null,
  amendments: readonly Amendment[],
): AmendedResource {
  const own = amendments
    .filter(({ resourceId }) => resourceId !== null && sameResourceId(resourceId, desired.id))
    .toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
  let body: unknown = desired.body;
  for (const { tolerated, properties } of own) {
    for (const { pointer, value } of properties) if (pointer !== "") body = withValueAt(body, pointer, value);
    for (const pointer of observed === null ? [] : tolerated) {
      if (pointer !== "") body = withValueAt(body, pointer, valueAt(observed?.body, pointer));
    }
  }
  const asItStands = own.some(({ tolerated }) => tolerated.includes(""));
  // The edits keep the shape: they copy what stood in a body of the same type.
  return { desired: body === desired.body ? desired : ({ ...desired, body } as DesiredResource), asItStands };
}
