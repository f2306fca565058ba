import type { Amendment } from "../domain/amendment.ts";
import type { DesiredResource, ObservedResource, SecurityRuleBody } from "../domain/resource.ts";
import { sameResourceId } from "../domain/resource-id.ts";
import { amendedValue } from "./amended-value.ts";
import { valueAt, withValueAt } from "./body-pointer.ts";

/** A desired resource with what somebody decided about it; `asItStands`: whatever is there or not may stay so. */
export interface AmendedResource {
  readonly desired: DesiredResource;
  readonly asItStands: boolean;
}

/**
 * Amends what a resource shall be: properties that an amendment sets, and those that it tolerates, which become as they
 * are observed. Later amendments prevail; a rule that has the priority of another one of the request gives way to it, because
 * Azure takes neither then. A property that says what it takes the place of counts only while the request makes that of it.
 * @param amendments those in force for the spoke
 */
export function amend(
  desired: DesiredResource,
  observed: ObservedResource | null,
  amendments: readonly Amendment[],
): AmendedResource {
  const own = amendments
    .filter(({ resourceId }) => resourceId !== null && sameResourceId(resourceId, desired.id))
    .toSorted((a, b) => (a.createdAt === b.createdAt ? 0 : a.createdAt < b.createdAt ? -1 : 1));
  let body: unknown = desired.body;
  const set = (pointer: string, value: unknown) => {
    if (pointer !== "" && overrulingRule(body, pointer, value) === null) body = withValueAt(body, pointer, value);
  };
  for (const { tolerated, properties } of own) {
    for (const property of properties) {
      const amended = amendedValue(body, property);
      if (amended !== null) set(property.pointer, amended.value);
    }
    for (const pointer of observed === null ? [] : tolerated) {
      // A part of what is not there at all says nothing: half a rule is none.
      const isThere = valueAt(observed?.body, pointer.slice(0, Math.max(0, pointer.lastIndexOf("/")))) !== null;
      if (isThere) set(pointer, valueAt(observed?.body, pointer));
    }
  }
  const mayBeGone = own.some(({ properties }) =>
    properties.some(({ pointer, value }) => pointer === "" && value === null),
  );
  const asItStands = own.some(({ tolerated }) => tolerated.includes("")) || (observed === null && mayBeGone);
  // The edits keep the shape: they copy what stood in a body of the same type.
  return { desired: body === desired.body ? desired : ({ ...desired, body } as DesiredResource), asItStands };
}

/**
 * The name of the rule of another name that has the priority and direction of a rule that would be put there; null where
 * nothing is in its way.
 */
export function overrulingRule(body: unknown, pointer: string, value: unknown): string | null {
  if (!/^\/securityRules\/[^/]+$/.test(pointer)) return null;
  const { securityRules = [] } = body as { readonly securityRules?: readonly Place[] };
  const place = value as Place | null;
  const other = securityRules.find(
    ({ name, priority, direction }) =>
      priority === place?.priority &&
      direction === place.direction &&
      name.toLowerCase() !== tokenOf(pointer).toLowerCase(),
  );
  return other?.name ?? null;
}

type Place = Pick<SecurityRuleBody, "name" | "priority" | "direction">;

const tokenOf = (pointer: string) => (pointer.split("/").at(-1) ?? "").replaceAll("~1", "/").replaceAll("~0", "~");
