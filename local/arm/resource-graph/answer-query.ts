import type { Engine } from "../engine/engine.ts";
import type { Answer } from "../requests/arm-request.ts";
import { parseQuery } from "./kql/parse-query.ts";
import { QueryError } from "./kql/query-error.ts";
import type { Relation } from "./kql/relation.ts";
import { runQuery } from "./kql/run-query.ts";
import type { Query } from "./kql/syntax.ts";
import { type QueryRequest, readQueryRequest } from "./query-request.ts";
import { queryScope } from "./query-scope.ts";
import { invalidQuery, responsePayloadTooLarge } from "./resource-graph-errors.ts";
import { resultJson } from "./result-json.ts";
import { offsetOf, queryFingerprint, skipToken } from "./skip-token.ts";
import { tables } from "./tables.ts";
import { VisibleScopes } from "./visible-scopes.ts";

const payloadLimit = 16_777_216;

/**
 * Answers a query: one page of its rows. A page of more than 16,777,216 bytes is refused, not cut: the caller asks again
 * with a smaller `$top`.
 *
 * @throws ArmError 400 InvalidQuery and others, 403, 501
 */
export function answerQuery(engine: Engine, principalId: string, body: unknown): Answer {
  const request = readQueryRequest(body);
  const visible = new VisibleScopes(engine, principalId);
  const subscriptions = queryScope(engine, request, visible);
  const { $top, $skip, $skipToken, resultFormat } = request.options;
  const query = refusingQueries(() => parseQuery(request.query));
  const fingerprint = queryFingerprint(principalId, request.query, scopeOf(request));
  const start = $skipToken === undefined ? skipped(query, $skip) : offsetOf($skipToken, fingerprint);
  const { results } = engine.resourceGraph;
  const known = $skipToken === undefined ? undefined : results.get(fingerprint);
  const result =
    known ??
    refusingQueries(() => evaluated(query, { engine, visible, subscriptions, wholeTenant: isWholeTenant(request) }));
  const end = Math.min(start + $top, result.rows.length);
  const more = end < result.rows.length;
  const paged = more && isPaged(query, result);
  const { json, size } = resultJson(result, {
    start,
    end,
    format: resultFormat,
    truncated: more && !paged,
    skipToken: paged ? skipToken(fingerprint, end) : undefined,
  });
  if (size > payloadLimit) throw responsePayloadTooLarge(size, payloadLimit);
  if (paged) results.keep(fingerprint, result);
  else results.forget(fingerprint);
  return { status: 200, json };
}

type Evaluation = Parameters<(typeof tables)["resources"]>[0];

function evaluated({ table, operators }: Query, context: Evaluation): Relation {
  const rows = Object.hasOwn(tables, table) ? tables[table as keyof typeof tables] : undefined;
  if (rows === undefined) {
    const message = `Table ${table} is invalid, unsupported or disallowed.`;
    throw new QueryError("DisallowedLogicalTableName", message, table);
  }
  const after = operators.findIndex(({ kind }) => kind !== "where");
  const asked = runQuery(rows(context), after === -1 ? operators : operators.slice(0, after));
  const result = after === -1 ? asked : runQuery(asked, operators.slice(after));
  for (const row of asked.rows) context.visible.noteShown(String(row.value("id")), String(row.value("type")));
  return result;
}

/**
 * Sources: Azure Resource Graph, "Working with large Azure resource data sets", section "Paging results"; "Understanding
 * the Azure Resource Graph query language" for summarize ("simplified first page only").
 */
function isPaged({ operators }: Query, { columns }: Relation): boolean {
  const wholly = operators.some(({ kind }) => kind === "take" || kind === "summarize");
  return !wholly && columns.some(({ type }) => type !== "dynamic");
}

/** `$skip` counts for nothing beside `take`. Source: as above, section "Skipping records". */
function skipped({ operators }: Query, skip: number): number {
  return operators.some(({ kind }) => kind === "take") ? 0 : skip;
}

function isWholeTenant({ subscriptions = [] }: QueryRequest): boolean {
  return subscriptions.length === 0;
}

function scopeOf({ subscriptions = [], managementGroups = [] }: QueryRequest): readonly string[] {
  return [...subscriptions, ...managementGroups.map((name) => `managementGroup ${name}`)].map((id) => id.toLowerCase());
}

function refusingQueries<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof QueryError) throw invalidQuery(error);
    throw error;
  }
}
