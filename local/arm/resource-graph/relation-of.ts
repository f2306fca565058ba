import type { Engine } from "../engine/engine.ts";
import type { JsonObject } from "../json.ts";
import { type Relation, ValueRow } from "./kql/relation.ts";
import { resourceColumns } from "./resource-row.ts";

/** A table of documents that are no stored resources: texts that one lacks are empty, the rest null. */
export function relationOf(engine: Engine, documents: readonly JsonObject[]): Relation {
  const rows = documents.map((document) => {
    const all: JsonObject = { ...document, tenantId: engine.tenantId };
    const entries = resourceColumns.map(
      ({ name, type }) => [name, all[name] ?? (type === "string" ? "" : null)] as const,
    );
    return new ValueRow(new Map(entries));
  });
  return { columns: resourceColumns, rows };
}
