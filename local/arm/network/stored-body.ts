import { randomUUID } from "node:crypto";
import type { JsonObject } from "../json.ts";
import type { Resource, ResourceBody } from "../resource.ts";
import { notModelled, unknownMember } from "./refusals.ts";

/** The members of a body's `properties` (or of an object in it), by what local Azure does with them. */
export interface Members {
  readonly modelled: readonly string[];
  /** Computed by Azure: whatever a client sends back is passed over. */
  readonly readOnly?: readonly string[];
  /** Azure knows them, local Azure does not model them: refused with 501 unless empty. */
  readonly unmodelled?: readonly string[];
}

/** Azure's own members of every object. */
const ALWAYS_READ_ONLY = ["provisioningState", "resourceGuid"];

/**
 * Refuses members that Azure does not know (400) and those that local Azure does not model (501).
 * @param path of the object, for the message
 */
export function requireKnownMembers(object: JsonObject, path: string, members: Members): void {
  for (const [member, value] of Object.entries(object)) {
    if (members.modelled.includes(member) || members.readOnly?.includes(member)) continue;
    if (ALWAYS_READ_ONLY.includes(member)) continue;
    if (!members.unmodelled?.includes(member)) throw unknownMember(member, path);
    if (!isEmpty(value)) throw notModelled(`'${path}.${member}'`);
  }
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

/** The body to store: location, tags and the listed further members of the request, with the given properties. */
export function storedBody(body: ResourceBody, properties: JsonObject, further: readonly string[] = []): ResourceBody {
  if (!isEmpty(body.extendedLocation)) throw notModelled("'extendedLocation'");
  const kept = ["location", "tags", ...further].flatMap((member) =>
    body[member] === undefined || body[member] === null ? [] : [[member, body[member]] as const],
  );
  return { ...Object.fromEntries(kept), properties };
}

/** The GUID that Azure gives a network resource when it is made and never changes. */
export function resourceGuidOf(existing: Resource | undefined): string {
  const guid = existing?.body.properties.resourceGuid;
  return typeof guid === "string" ? guid : randomUUID();
}
