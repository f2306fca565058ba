import { invalidRequestContent, notModelled } from "../errors/request-errors.ts";
import { isJsonObject, type JsonObject } from "../json.ts";
import type { ResourceBody } from "../resource.ts";

const always = new Set(["location", "properties", "systemData", "tags", "id", "name", "type"]);

/**
 * Location and tags of a resource's body, to be stored.
 *
 * @param what names the type in the refusal
 * @param handled the members that the type looks at itself
 * @throws ArmError 501 for other members beside `properties`, such as an identity or zones
 */
export function envelope(
  what: string,
  body: ResourceBody,
  handled: readonly string[] = [],
): Pick<ResourceBody, "location" | "tags"> {
  refuseOthers(what, body, handled);
  return {
    ...(body.location === undefined ? {} : { location: body.location }),
    ...(body.tags === undefined ? {} : { tags: body.tags }),
  };
}

/**
 * The tags of a PATCH, where it has some.
 * @throws ArmError 400 for tags that are no texts, 501 for members that are not `handled`
 */
export function patchedTags(
  what: string,
  patch: JsonObject,
  handled: readonly string[] = [],
): Pick<ResourceBody, "tags"> {
  refuseOthers(what, patch, handled);
  const { tags } = patch;
  if (tags === undefined || tags === null) return {};
  if (!isJsonObject(tags)) throw invalidRequestContent("'tags' must be a JSON object of strings.");
  const entries = Object.entries(tags).map(([key, value]): [string, string] => {
    if (typeof value !== "string") throw invalidRequestContent(`The tag '${key}' is invalid.`);
    return [key, value];
  });
  return { tags: Object.fromEntries(entries) };
}

/** The properties of a PATCH; absent means none. */
export function patchedProperties(patch: JsonObject): JsonObject {
  return isJsonObject(patch.properties) ? patch.properties : {};
}

function refuseOthers(what: string, body: JsonObject, handled: readonly string[]): void {
  for (const [name, value] of Object.entries(body)) {
    if (always.has(name) || handled.includes(name) || value === null || value === undefined) continue;
    if (name === "identity" && isJsonObject(value) && value.type === "None") continue;
    throw notModelled(`'${name}' of ${what}`);
  }
}
