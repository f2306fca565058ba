import { parseExpression, unsupported } from "./parse-expression.ts";
import { QueryError } from "./query-error.ts";
import type { Expression, NamedExpression, Operator, Query, SortKey } from "./syntax.ts";
import { TokenStream } from "./token-stream.ts";
import type { Token } from "./tokens.ts";

/** "Understanding the Azure Resource Graph query language": rows of one `mv-expand`, by default and at most. */
const expandedRows = { default: 128, most: 2000 };
const mostExpansions = 3;

type OperatorParser = (tokens: TokenStream, at: Token) => Operator;

const parsers: ReadonlyMap<string, OperatorParser> = new Map<string, OperatorParser>([
  ["where", (tokens, at) => ({ kind: "where", condition: parseExpression(tokens), at })],
  ["filter", (tokens, at) => ({ kind: "where", condition: parseExpression(tokens), at })],
  ["project", (tokens, at) => ({ kind: "project", columns: namedList(tokens), at })],
  ["project-away", (tokens, at) => ({ kind: "project-away", columns: namesList(tokens), at })],
  ["extend", (tokens, at) => ({ kind: "extend", columns: namedList(tokens), at })],
  ["order", (tokens, at) => ({ kind: "sort", keys: sortKeys(tokens), at })],
  ["sort", (tokens, at) => ({ kind: "sort", keys: sortKeys(tokens), at })],
  ["take", (tokens, at) => ({ kind: "take", count: wholeNumber(tokens), at })],
  ["limit", (tokens, at) => ({ kind: "take", count: wholeNumber(tokens), at })],
  ["count", (_tokens, at) => ({ kind: "count", at })],
  ["summarize", summarize],
  ["distinct", (tokens, at) => ({ kind: "distinct", columns: namedList(tokens), at })],
  ["mv-expand", expansion],
  ["mvexpand", expansion],
]);

/**
 * Reads a query: a table and operators behind `|`. A query that begins with an operator is about `resources`.
 * @throws QueryError naming what the subset does not know
 */
export function parseQuery(text: string): Query {
  const tokens = new TokenStream(text);
  const operators: Operator[] = [];
  const first = tokens.demandOperatorName();
  const implicit = parsers.get(first.text);
  if (implicit !== undefined) operators.push(implicit(tokens, first));
  const table = implicit === undefined ? first.text.toLowerCase() : "resources";
  while (tokens.takes("|")) {
    const at = tokens.demandOperatorName();
    const parser = parsers.get(at.text);
    if (parser === undefined) throw unsupported(`the operator '${at.text}'`, at);
    operators.push(parser(tokens, at));
  }
  if (tokens.peek().kind !== "end") throw tokens.unexpected("'|' or the end of the query");
  const expansions = operators.filter(({ kind }) => kind === "mv-expand");
  const surplus = expansions[mostExpansions];
  if (surplus !== undefined) throw refused(`A query has at most ${mostExpansions} mv-expand operators.`, surplus.at);
  return { table, operators };
}

function namedList(tokens: TokenStream): readonly NamedExpression[] {
  const columns = [named(tokens)];
  while (tokens.takes(",")) columns.push(named(tokens));
  return columns;
}

function named(tokens: TokenStream): NamedExpression {
  if (tokens.peek().kind !== "name" || tokens.peek(1).text !== "=" || tokens.peek(1).kind !== "symbol") {
    return { name: undefined, expression: parseExpression(tokens) };
  }
  const { text: name } = tokens.next();
  tokens.demand("=");
  return { name, expression: parseExpression(tokens) };
}

function namesList(tokens: TokenStream): readonly string[] {
  const names = [tokens.demandName("a column").text];
  while (tokens.takes(",")) names.push(tokens.demandName("a column").text);
  return names;
}

function sortKeys(tokens: TokenStream): readonly SortKey[] {
  if (!tokens.takesWord("by")) throw tokens.unexpected("'by'");
  const keys = [sortKey(tokens)];
  while (tokens.takes(",")) keys.push(sortKey(tokens));
  return keys;
}

/** Descending where nothing is said; nulls are the smallest unless the query places them. */
function sortKey(tokens: TokenStream): SortKey {
  const expression = parseExpression(tokens);
  const descending = !tokens.takesWord("asc");
  if (descending) tokens.takesWord("desc");
  if (!tokens.takesWord("nulls")) return { expression, descending, nullsFirst: !descending };
  if (tokens.takesWord("first")) return { expression, descending, nullsFirst: true };
  if (tokens.takesWord("last")) return { expression, descending, nullsFirst: false };
  throw tokens.unexpected("'first' or 'last'");
}

function summarize(tokens: TokenStream, at: Token): Operator {
  const counts: string[] = [];
  if (tokens.peek().text !== "by") {
    do counts.push(countColumn(tokens));
    while (tokens.takes(","));
  }
  const by = tokens.takesWord("by") ? namedList(tokens) : [];
  return { kind: "summarize", counts, by, at };
}

function countColumn(tokens: TokenStream): string {
  const { name = "count_", expression } = named(tokens);
  if (expression.kind !== "call" || expression.name !== "count" || expression.arguments.length > 0) {
    throw unsupported(`the aggregation '${nameOf(expression)}'`, expression.at);
  }
  return name;
}

function nameOf(expression: Expression): string {
  return expression.kind === "call" ? `${expression.name}()` : expression.at.text;
}

function expansion(tokens: TokenStream, at: Token): Operator {
  const { name, expression } = named(tokens);
  if (tokens.peek().text === ",") throw unsupported("mv-expand of several columns", tokens.peek());
  if (tokens.peek().text === "to") throw unsupported("'to typeof()'", tokens.peek());
  const limit = tokens.takesWord("limit") ? wholeNumber(tokens) : expandedRows.default;
  if (limit > expandedRows.most) throw refused(`The limit of mv-expand is at most ${expandedRows.most}.`, at);
  return { kind: "mv-expand", name, expression, limit, at };
}

function wholeNumber(tokens: TokenStream): number {
  const { kind, value } = tokens.peek();
  if (kind !== "number" || typeof value !== "number" || !Number.isInteger(value)) throw tokens.unexpected("a number");
  tokens.next();
  return value;
}

function refused(message: string, { text, position }: Token): QueryError {
  return new QueryError("ParserFailure", message, text, position);
}
