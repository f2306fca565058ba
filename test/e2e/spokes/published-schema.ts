import * as z from "zod";
import { openapiDocument } from "../../../functions/http/openapi/openapi-document.ts";

const forms: ReadonlySet<string> = new Set(["pattern", "format"]);

type Schema = Readonly<Record<string, unknown>>;

/**
 * Where an answer is otherwise than the OpenAPI document publishes it, in words; empty where it is as published. A field
 * that the document does not name counts too.
 * @param path as the document has it: `/spokes/{name}`
 */
export function unpublished(method: string, path: string, status: number, body: unknown): readonly string[] {
  const { paths, components } = openapiDocument() as {
    paths: Record<string, Record<string, { responses: Record<string, { content?: Record<string, Schema> }> }>>;
    components: { schemas: Record<string, Schema> };
  };
  const content = paths[path]?.[method.toLowerCase()]?.responses[String(status)]?.content?.["application/json"];
  if (content === undefined) return [`${method} ${path} publishes no JSON for ${status}`];
  const $defs = Object.fromEntries(Object.entries(components.schemas).map(([id, schema]) => [id, closed(schema)]));
  const text = JSON.stringify({ ...(content.schema as Schema), $defs }).replaceAll("#/components/schemas/", "#/$defs/");
  const result = z.fromJSONSchema(JSON.parse(text)).safeParse(body);
  return result.success ? [] : result.error.issues.map(({ path: at, message }) => `/${at.join("/")}: ${message}`);
}

/**
 * The schema in which every object has the fields that it names and, where it does not say so, no others. Without forms of
 * texts: zod reads patterns without Unicode, and takes for UUIDs only some of them.
 */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== "object" || schema === null) return schema;
  const told = Object.entries(schema).filter(([key, value]) => typeof value !== "string" || !forms.has(key));
  const inner = Object.fromEntries(told.map(([key, value]) => [key, closed(value)]));
  const isObject = inner.type === "object" && inner.properties !== undefined;
  return isObject ? { additionalProperties: false, ...inner } : inner;
}
