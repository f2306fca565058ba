import { QueryError } from "./query-error.ts";
import type { BinaryOperator, Expression } from "./syntax.ts";
import type { TokenStream } from "./token-stream.ts";

/** Deeper nesting is refused, so that no query exhausts the stack. */
const maxDepth = 100;

const comparisons = new Set(["==", "!=", "=~", "!~", "<", ">", "<=", ">="]);
const arithmetic = new Set(["+", "-", "*", "/", "%"]);
const wordOperators = new Set(["has", "contains", "startswith", "endswith"]);

/**
 * Reads an expression: `or` binds weaker than `and`, and that weaker than comparisons.
 * @throws QueryError for what is no expression of the subset
 */
export function parseExpression(tokens: TokenStream, depth = 0): Expression {
  const at = tokens.peek();
  if (depth > maxDepth) throw new QueryError("ParserFailure", "The query is nested too deeply.", at.text, at.position);
  const parts = [parseConjunction(tokens, depth)];
  while (tokens.takesWord("or")) parts.push(parseConjunction(tokens, depth));
  return joined("or", parts, at);
}

function parseConjunction(tokens: TokenStream, depth: number): Expression {
  const at = tokens.peek();
  const parts = [parseComparison(tokens, depth)];
  while (tokens.takesWord("and")) parts.push(parseComparison(tokens, depth));
  return joined("and", parts, at);
}

function joined(operator: "and" | "or", parts: readonly Expression[], at: Expression["at"]): Expression {
  const [only] = parts;
  return only !== undefined && parts.length === 1 ? only : { kind: "logical", operator, parts, at };
}

function parseComparison(tokens: TokenStream, depth: number): Expression {
  const left = parsePostfix(tokens, depth);
  const token = tokens.peek();
  if (token.kind === "symbol" && comparisons.has(token.text)) {
    tokens.next();
    return binary(token.text as BinaryOperator, left, parsePostfix(tokens, depth));
  }
  const negated = token.text === "!";
  const word = tokens.peek(negated ? 1 : 0);
  if (word.kind === "name" && (word.text === "in" || wordOperators.has(word.text))) {
    if (negated) tokens.next();
    tokens.next();
    if (word.text === "in") return membership(tokens, left, negated, depth);
    return binary(`${negated ? "!" : ""}${word.text}` as BinaryOperator, left, parsePostfix(tokens, depth));
  }
  if (negated || /^(?:has|contains|startswith|endswith|matches|between)/.test(token.text)) {
    throw unsupported(`the operator '${negated ? `!${word.text}` : token.text}'`, word);
  }
  return left;
}

function binary(operator: BinaryOperator, left: Expression, right: Expression): Expression {
  return { kind: "binary", operator, left, right, at: left.at };
}

function membership(tokens: TokenStream, of: Expression, negated: boolean, depth: number): Expression {
  const ignoringCase = tokens.peek().adjoining && tokens.takes("~");
  tokens.demand("(");
  const among = [parseExpression(tokens, depth + 1)];
  while (tokens.takes(",")) among.push(parseExpression(tokens, depth + 1));
  tokens.demand(")");
  return { kind: "in", negated, ignoringCase, of, among, at: of.at };
}

/** A value and what is reached from it: `a.b`, `a['b']`, `a.['b']`, `a[0]`. */
function parsePostfix(tokens: TokenStream, depth: number): Expression {
  let of = parsePrimary(tokens, depth);
  for (;;) {
    const at = tokens.peek();
    if (tokens.takes(".") && tokens.peek().text !== "[") {
      of = { kind: "member", of, key: tokens.demandName("a name").text, at: of.at };
    } else if (tokens.takes("[")) {
      of = { kind: "member", of, key: parseKey(tokens), at: of.at };
      tokens.demand("]");
    } else if (at.kind === "symbol" && at.text === "..") {
      throw unsupported("ranges", at);
    } else if (at.kind === "symbol" && arithmetic.has(at.text)) {
      throw unsupported("arithmetic", at);
    } else return of;
  }
}

/** A name in quotes or a whole number; negative ones count from the end. */
function parseKey(tokens: TokenStream): string | number {
  const negative = tokens.takes("-");
  const key = tokens.next();
  if (typeof key.value === "number" && Number.isInteger(key.value)) return negative ? -key.value : key.value;
  if (typeof key.value === "string" && !negative) return key.value;
  throw unsupported(`the index '${key.text}'`, key);
}

function parsePrimary(tokens: TokenStream, depth: number): Expression {
  const at = tokens.peek();
  if (tokens.takes("(")) {
    const inner = parseExpression(tokens, depth + 1);
    tokens.demand(")");
    return inner;
  }
  if (tokens.takes("-")) {
    const { kind, value } = tokens.next();
    if (kind === "number") return { kind: "literal", value: -Number(value), at };
    throw unsupported("arithmetic", at);
  }
  if (at.kind === "string" || at.kind === "number") {
    tokens.next();
    return { kind: "literal", value: at.value ?? null, at };
  }
  if (at.kind !== "name") throw tokens.unexpected("a value");
  tokens.next();
  if (at.text === "true" || at.text === "false") return { kind: "literal", value: at.text === "true", at };
  if (at.text === "null") return { kind: "literal", value: null, at };
  if (!tokens.takes("(")) return { kind: "column", name: at.text, at };
  const given: Expression[] = [];
  if (!tokens.takes(")")) {
    do given.push(parseExpression(tokens, depth + 1));
    while (tokens.takes(","));
    tokens.demand(")");
  }
  return { kind: "call", name: at.text, arguments: given, at };
}

/** KQL knows it; the subset has it not. */
export function unsupported(what: string, { text, position }: Expression["at"]): QueryError {
  return new QueryError("InvalidQueryLanguage", `Local Azure does not model ${what} in queries.`, text, position);
}
