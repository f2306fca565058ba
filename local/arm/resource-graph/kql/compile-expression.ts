import { QueryError } from "./query-error.ts";
import type { Column, Row } from "./relation.ts";
import { scalarFunctions } from "./scalar-functions.ts";
import type { BinaryOperator, Expression, ValueType } from "./syntax.ts";
import { compare, equal, equalIgnoringCase, hasTerm, memberOf, textOf } from "./values.ts";

/** An expression ready to be asked of rows. */
export interface Compiled {
  readonly type: ValueType;
  readonly evaluate: (row: Row) => unknown;
}

/**
 * Makes an expression ready, against the columns that it may name.
 * @throws QueryError for an unknown column or function, or where the types do not fit
 */
export function compileExpression(expression: Expression, columns: readonly Column[]): Compiled {
  const inner = (part: Expression) => compileExpression(part, columns);
  switch (expression.kind) {
    case "literal": {
      const { value } = expression;
      return { type: typeOf(value), evaluate: () => value };
    }
    case "column": {
      const column = columns.find(({ name }) => name === expression.name);
      if (column === undefined) throw misfit(`There is no column '${expression.name}'.`, expression);
      return { type: column.type, evaluate: (row) => row.value(column.name) };
    }
    case "member":
      return member(expression, inner(expression.of));
    case "call":
      return call(expression, expression.arguments.map(inner));
    case "binary":
      return binary(expression, inner(expression.left), inner(expression.right));
    case "in":
      return membership(expression, inner(expression.of), expression.among.map(inner));
    case "logical":
      return logical(expression, expression.parts.map(inner));
  }
}

/** As `compileExpression`, of a condition. @throws QueryError for what is no condition */
export function compileCondition(expression: Expression, columns: readonly Column[]): (row: Row) => boolean {
  const { type, evaluate } = compileExpression(expression, columns);
  if (type !== "bool" && type !== "dynamic") throw misfit("A condition is expected.", expression);
  return (row) => evaluate(row) === true;
}

type Of<Kind extends Expression["kind"]> = Extract<Expression, { kind: Kind }>;

function member(expression: Of<"member">, of: Compiled): Compiled {
  if (of.type !== "dynamic") throw misfit(`A ${of.type} has no member '${expression.key}'.`, expression);
  const { key } = expression;
  return { type: "dynamic", evaluate: (row) => memberOf(of.evaluate(row), key) };
}

function call(expression: Of<"call">, given: readonly Compiled[]): Compiled {
  const definition = scalarFunctions.get(expression.name);
  if (definition === undefined) {
    const { text, position } = expression.at;
    const message = `Local Azure does not model the function '${expression.name}' in queries.`;
    throw new QueryError("InvalidQueryLanguage", message, text, position);
  }
  const [argument] = given;
  if (argument === undefined || given.length !== 1) throw misfit(`${expression.name}() takes one value.`, expression);
  const { apply } = definition;
  return { type: definition.type, evaluate: (row) => apply(argument.evaluate(row)) };
}

type Comparison = (a: unknown, b: unknown) => boolean | null;

const ordered = (holds: (order: number) => boolean): Comparison => {
  // Of other kinds the comparison has no answer, as with null.
  return (a, b) => (typeof a === "number" && typeof b === "number" ? holds(compare(a, b)) : null);
};
const ofTexts = (holds: (text: string, part: string) => boolean): Comparison => {
  return (a, b) => holds(textOf(a).toLowerCase(), textOf(b).toLowerCase());
};
const not = (comparison: Comparison): Comparison => {
  return (a, b) => {
    const holds = comparison(a, b);
    return holds === null ? null : !holds;
  };
};

const has = ofTexts(hasTerm);
const contains = ofTexts((text, part) => text.includes(part));
const startsWith = ofTexts((text, part) => text.startsWith(part));
const endsWith = ofTexts((text, part) => text.endsWith(part));

const comparisons: Readonly<Record<BinaryOperator, Comparison>> = {
  "==": equal,
  "!=": not(equal),
  "=~": equalIgnoringCase,
  "!~": not(equalIgnoringCase),
  "<": ordered((order) => order < 0),
  ">": ordered((order) => order > 0),
  "<=": ordered((order) => order <= 0),
  ">=": ordered((order) => order >= 0),
  has,
  "!has": not(has),
  contains,
  "!contains": not(contains),
  startswith: startsWith,
  "!startswith": not(startsWith),
  endswith: endsWith,
  "!endswith": not(endsWith),
};

function binary(expression: Of<"binary">, left: Compiled, right: Compiled): Compiled {
  const { operator } = expression;
  if (/^[<>]/.test(operator)) {
    const foreign = [left, right].find(({ type }) => type === "string" || type === "bool");
    if (foreign !== undefined) throw misfit(`'${operator}' compares numbers, no ${foreign.type}.`, expression);
  } else if (/^[=!]=$/.test(operator)) requireComparable(expression, left, right);
  else {
    const foreign = [left, right].find(({ type }) => type === "number" || type === "bool");
    if (foreign !== undefined) throw misfit(`'${operator}' compares texts, no ${foreign.type}.`, expression);
  }
  const compareValues = comparisons[operator];
  return { type: "bool", evaluate: (row) => compareValues(left.evaluate(row), right.evaluate(row)) };
}

function requireComparable(expression: Expression, left: Compiled, right: Compiled): void {
  const loose = left.type === "dynamic" || right.type === "dynamic";
  if (!loose && left.type !== right.type) {
    throw misfit(`A ${left.type} and a ${right.type} cannot be compared.`, expression);
  }
}

function membership(expression: Of<"in">, of: Compiled, among: readonly Compiled[]): Compiled {
  for (const one of among) requireComparable(expression, of, one);
  const { negated, ignoringCase } = expression;
  const same = ignoringCase ? equalIgnoringCase : equal;
  const fixed = expression.among.every(({ kind }) => kind === "literal") ? literalSet(expression) : undefined;
  return {
    type: "bool",
    evaluate: (row) => {
      const value = of.evaluate(row);
      const found =
        fixed !== undefined && typeof value === "string"
          ? fixed.has(ignoringCase ? value.toLowerCase() : value)
          : among.some((one) => same(value, one.evaluate(row)) === true);
      return found !== negated;
    },
  };
}

/** The texts of a list of literals, for lists of hundreds of ids. */
function literalSet({ among, ignoringCase }: Of<"in">): ReadonlySet<string> {
  const texts = among.map((one) => (one.kind === "literal" ? textOf(one.value) : ""));
  return new Set(ignoringCase ? texts.map((text) => text.toLowerCase()) : texts);
}

function logical(expression: Of<"logical">, parts: readonly Compiled[]): Compiled {
  const foreign = parts.find(({ type }) => type === "string" || type === "number");
  if (foreign !== undefined) throw misfit(`'${expression.operator}' joins conditions, no ${foreign.type}.`, expression);
  const decisive = expression.operator === "or";
  return {
    type: "bool",
    evaluate: (row) => {
      let unknown = false;
      for (const part of parts) {
        const value = part.evaluate(row);
        if (value === decisive) return decisive;
        if (value !== !decisive) unknown = true;
      }
      return unknown ? null : !decisive;
    },
  };
}

function typeOf(value: string | number | boolean | null): ValueType {
  if (value === null) return "dynamic";
  if (typeof value === "string") return "string";
  return typeof value === "number" ? "number" : "bool";
}

/** A query whose parts do not fit together. */
export function misfit(message: string, { at }: Pick<Expression, "at">): QueryError {
  return new QueryError("SemanticError", message, at.text, at.position);
}
