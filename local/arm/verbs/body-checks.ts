import {
  invalidRequestContent,
  invalidResourceLocation,
  invalidResourceName,
  locationNotAvailable,
  locationRequired,
} from "../errors/request-errors.ts";
import { isJsonObject, type JsonObject } from "../json.ts";
import { canonicalLocation, locations } from "../locations.ts";
import type { Resource, ResourceBody } from "../resource.ts";
import type { ResourceType } from "../resource-type.ts";

const defaultName = /^[^<>%&:\\?/#]{1,80}$/;

/**
 * Refuses a name that the type does not take.
 * @throws ArmError 400 InvalidResourceName
 */
export function checkName(type: ResourceType, name: string): void {
  const listed = type.names?.some((each) => each.toLowerCase() === name.toLowerCase()) ?? true;
  if (!listed || !(type.namePattern ?? defaultName).test(name)) throw invalidResourceName(name, type.type);
}

/**
 * Checks what Resource Manager itself checks of a PUT body (location, tags, shapes) and takes away what is read-only.
 * @throws ArmError 400 or 409
 */
export function checkedBody(type: ResourceType, body: JsonObject, existing: Resource | undefined): ResourceBody {
  const { id: _id, name, type: _type, etag: _etag, location, tags, properties = {}, ...rest } = body;
  if (!isJsonObject(properties)) throw invalidRequestContent("'properties' must be a JSON object.");
  const { provisioningState: _state, ...writable } = properties;
  const where = checkedLocation(type, location, existing, String(name));
  const labels = checkedTags(type, tags);
  return {
    ...rest,
    ...(where === undefined ? {} : { location: where }),
    ...(labels === undefined ? {} : { tags: labels }),
    properties: writable,
  };
}

function checkedLocation(
  type: ResourceType,
  location: unknown,
  existing: Resource | undefined,
  name: string,
): string | undefined {
  if (type.location === undefined || type.location === "none") return undefined;
  if (typeof location !== "string" || location.trim() === "") throw locationRequired();
  const canonical = canonicalLocation(location);
  const valid = locations.includes(canonical) || (type.location === "global" && canonical === "global");
  if (!valid) throw locationNotAvailable(location, type.type, locations);
  const current = existing?.body.location;
  if (current !== undefined && current !== canonical) throw invalidResourceLocation(existing?.name ?? name, current);
  return canonical;
}

/**
 * The tags of a body; undefined where the type takes none or the body has none.
 * @throws ArmError 400 InvalidTagNameCharacters, InvalidRequestContent
 */
export function checkedTags(type: ResourceType, tags: unknown): Record<string, string> | undefined {
  if (type.tags !== true || tags === undefined || tags === null) return undefined;
  if (!isJsonObject(tags)) throw invalidRequestContent("'tags' must be a JSON object of strings.");
  const entries = Object.entries(tags);
  if (entries.length > 50) throw invalidRequestContent("A resource has at most 50 tags.");
  for (const [key, value] of entries) {
    if (typeof value !== "string" || value.length > 256 || key.length > 512 || key === "" || /[<>%&\\?/]/.test(key)) {
      throw invalidRequestContent(`The tag '${key}' is invalid.`);
    }
  }
  return Object.fromEntries(entries) as Record<string, string>;
}
