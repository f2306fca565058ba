import { isJsonObject } from "../../json.ts";
import { compileCondition, compileExpression, misfit } from "./compile-expression.ts";
import { nameOfExpression } from "./name-of-expression.ts";
import { type Column, DerivedRow, type Relation, type Row, ValueRow } from "./relation.ts";
import { rowsSorter } from "./sort-rows.ts";
import type { NamedExpression, Operator } from "./syntax.ts";
import { textOf } from "./values.ts";

/**
 * Sends rows through the operators, one after the other.
 * @throws QueryError where an operator does not fit what stands before it; before any row is looked at
 */
export function runQuery(table: Relation, operators: readonly Operator[]): Relation {
  const steps: { readonly columns: readonly Column[]; readonly rows: Step }[] = [];
  let columns = table.columns;
  for (const operator of operators) {
    const step = prepare(operator, columns);
    columns = step.columns;
    steps.push(step);
  }
  return { columns, rows: steps.reduce((rows, step) => step.rows(rows), table.rows) };
}

type Step = (rows: readonly Row[]) => readonly Row[];
interface Prepared {
  readonly columns: readonly Column[];
  readonly rows: Step;
}

function prepare(operator: Operator, columns: readonly Column[]): Prepared {
  switch (operator.kind) {
    case "where": {
      const holds = compileCondition(operator.condition, columns);
      return { columns, rows: (rows) => rows.filter(holds) };
    }
    case "project":
      return projection(operator.columns, columns);
    case "extend":
      return extension(operator.columns, columns);
    case "project-away":
      return without(operator, columns);
    case "sort":
      return { columns, rows: rowsSorter(operator.keys, columns) };
    case "take":
      return { columns, rows: (rows) => rows.slice(0, operator.count) };
    case "count": {
      const name = "Count";
      return { columns: [{ name, type: "number" }], rows: (rows) => [new ValueRow(new Map([[name, rows.length]]))] };
    }
    case "summarize":
      return summary(operator, columns);
    case "distinct": {
      const projected = projection(operator.columns, columns);
      requireScalars(operator, projected.columns);
      return { columns: projected.columns, rows: (rows) => grouped(projected, rows).map(({ row }) => row) };
    }
    case "mv-expand":
      return expansion(operator, columns);
  }
}

/** The columns of named expressions with their evaluation; two of one name are refused. */
function compileColumns(given: readonly NamedExpression[], columns: readonly Column[]) {
  const compiled = given.map(({ name, expression }, index) => ({
    ...compileExpression(expression, columns),
    name: name ?? nameOfExpression(expression) ?? `Column${index + 1}`,
    expression,
  }));
  for (const [index, { name, expression }] of compiled.entries()) {
    if (compiled.findIndex((other) => other.name === name) !== index) {
      throw misfit(`The column '${name}' is named twice.`, expression);
    }
  }
  return compiled;
}

function projection(given: readonly NamedExpression[], columns: readonly Column[]): Prepared {
  const compiled = compileColumns(given, columns);
  const made = new Map(compiled.map(({ name, evaluate }) => [name, evaluate]));
  return {
    columns: compiled.map(({ name, type }) => ({ name, type })),
    rows: (rows) => rows.map((row) => new DerivedRow(row, made)),
  };
}

function extension(given: readonly NamedExpression[], columns: readonly Column[]): Prepared {
  const compiled = compileColumns(given, columns);
  const made = new Map(compiled.map(({ name, evaluate }) => [name, evaluate]));
  const added = compiled.map(({ name, type }): Column => ({ name, type }));
  return {
    columns: [...columns.map((column) => added.find(({ name }) => name === column.name) ?? column), ...added].filter(
      ({ name }, index, all) => all.findIndex((other) => other.name === name) === index,
    ),
    rows: (rows) => rows.map((row) => new DerivedRow(row, made)),
  };
}

type Of<Kind extends Operator["kind"]> = Extract<Operator, { kind: Kind }>;

function without(operator: Of<"project-away">, columns: readonly Column[]): Prepared {
  for (const name of operator.columns) {
    if (!columns.some((column) => column.name === name)) throw misfit(`There is no column '${name}'.`, operator);
  }
  return { columns: columns.filter(({ name }) => !operator.columns.includes(name)), rows: (rows) => rows };
}

function summary(operator: Of<"summarize">, columns: readonly Column[]): Prepared {
  const keys = projection(operator.by, columns);
  requireScalars(operator, keys.columns);
  const counts = operator.counts.map((name): Column => ({ name, type: "number" }));
  const named = [...keys.columns, ...counts].map(({ name }) => name);
  if (new Set(named).size < named.length) throw misfit("A column of 'summarize' is named twice.", operator);
  return {
    columns: [...keys.columns, ...counts],
    rows: (rows) => {
      // Without keys there is one group, also of no rows.
      const groups =
        operator.by.length === 0 ? [{ row: new ValueRow(new Map()), size: rows.length }] : grouped(keys, rows);
      return groups.map(({ row, size }) => new DerivedRow(row, new Map(counts.map(({ name }) => [name, () => size]))));
    },
  };
}

function requireScalars(operator: Operator, columns: readonly Column[]): void {
  const dynamic = columns.find(({ type }) => type === "dynamic");
  if (dynamic !== undefined) {
    throw misfit(`'${dynamic.name}' is dynamic and no key of groups: cast it, as in tostring().`, operator);
  }
}

/** One row for each combination of values, in order of appearance, with how many rows have it. */
function grouped(keys: Prepared, rows: readonly Row[]): readonly { readonly row: Row; readonly size: number }[] {
  const groups = new Map<string, { row: Row; size: number }>();
  for (const row of keys.rows(rows)) {
    const key = JSON.stringify(keys.columns.map(({ name }) => row.value(name)));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { row, size: 1 });
    else group.size += 1;
  }
  return [...groups.values()];
}

/** One row for each element: null gives one row, an empty list none. Source: Kusto Query Language, "mv-expand operator". */
function expansion(operator: Of<"mv-expand">, columns: readonly Column[]): Prepared {
  const { type, evaluate } = compileExpression(operator.expression, columns);
  if (type !== "dynamic") throw misfit(`A ${type} cannot be expanded.`, operator);
  const name = operator.name ?? nameOfExpression(operator.expression) ?? "Column1";
  const expanded: Column = { name, type: "dynamic" };
  return {
    columns: columns.some((column) => column.name === name)
      ? columns.map((column) => (column.name === name ? expanded : column))
      : [...columns, expanded],
    rows: (rows) =>
      rows.flatMap((row) =>
        elementsOf(evaluate(row))
          .slice(0, operator.limit)
          .map((element) => new DerivedRow(row, new Map([[name, () => element]]))),
      ),
  };
}

function elementsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (isJsonObject(value)) return Object.entries(value).map(([key, member]) => ({ [key]: member }));
  return value === null ? [null] : [textOf(value)];
}
