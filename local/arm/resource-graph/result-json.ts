import type { Relation, Row } from "./kql/relation.ts";
import type { ValueType } from "./kql/syntax.ts";

/** Which part of a result is answered, and how. */
export interface ResultPage {
  readonly start: number;
  readonly end: number;
  readonly format: "objectArray" | "table";
  /** Rows are left that no further page answers. */
  readonly truncated: boolean;
  readonly skipToken: string | undefined;
}

const typeNames: Readonly<Record<ValueType, string>> = {
  string: "string",
  number: "integer",
  bool: "boolean",
  dynamic: "object",
};

/** The body of an answer as JSON, with its size in bytes: written once, since pages have megabytes. */
export function resultJson(result: Relation, page: ResultPage): { readonly json: string; readonly size: number } {
  const { columns } = result;
  const rows = result.rows.slice(page.start, page.end);
  const ofRow = (row: Row): unknown =>
    page.format === "table"
      ? columns.map(({ name }) => row.value(name))
      : Object.fromEntries(columns.map(({ name }) => [name, row.value(name)]));
  const lines = rows.map((row) => JSON.stringify(ofRow(row))).join(",");
  const described = columns.map(({ name, type }) => ({ name, type: typeNames[type] }));
  const data = page.format === "table" ? `{"columns":${JSON.stringify(described)},"rows":[${lines}]}` : `[${lines}]`;
  const rest = {
    totalRecords: result.rows.length,
    count: rows.length,
    facets: [],
    resultTruncated: page.truncated ? "true" : "false",
    ...(page.skipToken === undefined ? {} : { $skipToken: page.skipToken }),
  };
  const json = `{"data":${data},${JSON.stringify(rest).slice(1)}`;
  return { json, size: Buffer.byteLength(json) };
}
