import type { JsonObject } from "../../json.ts";
import type { WriteContext } from "../../world.ts";
import { integerOf, listOf, objectOf, referenceOf, textOf } from "../json-value.ts";
import { badRequest, missingMember, outOfRange } from "./gateway-errors.ts";

/** A named part of an Application Gateway, with an ID of its own; no URL of its own answers for it. */
export interface GatewayPart {
  readonly name: string;
  readonly id: string;
  readonly type: string;
  readonly properties: JsonObject;
}

/** A part of a request: its properties, their path for messages and the ID that the part gets. */
export interface GivenPart {
  readonly given: JsonObject;
  readonly path: string;
  readonly id: string;
}

/**
 * Reads one collection of parts.
 * @param collection the member of the gateway's properties, such as `httpListeners`
 * @param read gives the properties to store
 * @throws ArmError `MissingRequiredParameter` without a name, `DuplicateResourceName` for one used twice
 */
export function readParts(
  context: WriteContext,
  properties: JsonObject,
  collection: string,
  read: (part: GivenPart) => JsonObject,
): GatewayPart[] {
  const names = new Set<string>();
  return listOf(properties[collection], `properties.${collection}`).map((entry, index) => {
    const path = `properties.${collection}[${index}]`;
    const part = objectOf(entry, path);
    const name = textOf(part.name, `${path}.name`);
    if (name === undefined) throw missingMember(`${path}.name`, context.id.id);
    if (names.has(name.toLowerCase())) {
      throw badRequest(
        "DuplicateResourceName",
        `Resource ${context.id.id} has two child resources with the same name (${name}).`,
      );
    }
    names.add(name.toLowerCase());
    const id = `${context.id.id}/${collection}/${name}`;
    const given = objectOf(part.properties, `${path}.properties`);
    return {
      name,
      id,
      type: `Microsoft.Network/applicationGateways/${collection}`,
      properties: { provisioningState: "Succeeded", ...read({ given, path: `${path}.properties`, id }) },
    };
  });
}

/** The parts of one collection in a gateway's stored properties. */
export function partsOf(properties: JsonObject, collection: string): GatewayPart[] {
  return (properties[collection] ?? []) as GatewayPart[];
}

/** A reference of a part as it is stored; `undefined` where the member is absent. */
export function partReference({ given, path }: GivenPart, member: string): { id: string } | undefined {
  const id = referenceOf(given[member], `${path}.${member}`);
  return id === undefined ? undefined : { id };
}

/** A reference that the part must have. @throws ArmError `MissingRequiredParameter` */
export function requiredReference(part: GivenPart, member: string): { id: string } {
  const reference = partReference(part, member);
  if (reference === undefined) throw missingMember(member, part.id);
  return reference;
}

/** A whole number within its range, with a default. A default below `first` makes the member required. */
export function integerBetween(part: GivenPart, member: string, first: number, last: number, fallback: number): number {
  const value = integerOf(part.given[member], `${part.path}.${member}`, fallback);
  if (value < first || value > last) {
    throw outOfRange("ApplicationGatewayPropertyOutOfRange", `Property ${member} of ${part.id}`, value, first, last);
  }
  return value;
}
