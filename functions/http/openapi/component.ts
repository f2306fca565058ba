import * as z from "zod";

const registry = z.registry<{ id: string }>();

/** Registers a schema as `#/components/schemas/{id}`, to which every other schema then refers. */
export function component<T extends z.ZodType>(id: string, schema: T): T {
  registry.add(schema, { id });
  return schema;
}

/** `components.schemas` of the document, made from the very schemas that parse requests. */
export function componentSchemas(): Record<string, unknown> {
  const { schemas } = z.toJSONSchema(registry, { io: "input", uri: (id) => `#/components/schemas/${id}` });
  return Object.fromEntries(Object.entries(schemas).map(([id, { $schema: _, $id: __, ...schema }]) => [id, schema]));
}
