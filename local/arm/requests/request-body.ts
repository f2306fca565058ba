import { invalidRequestContent } from "../errors/request-errors.ts";
import { isJsonObject, type JsonObject } from "../json.ts";

/**
 * The body of a write as a JSON object.
 * @throws ArmError 400 InvalidRequestContent
 */
export function jsonObjectBody(text: string): JsonObject {
  const value = jsonBody(text);
  if (!isJsonObject(value)) throw invalidRequestContent("A JSON object is expected.");
  return value;
}

/**
 * The body as JSON; undefined where there is none.
 * @throws ArmError 400 InvalidRequestContent
 */
export function jsonBody(text: string): unknown {
  if (text.trim() === "") return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalidRequestContent(error instanceof Error ? error.message : "not JSON");
  }
}
