import { compileExpression, misfit } from "./compile-expression.ts";
import type { Column, Row } from "./relation.ts";
import type { SortKey } from "./syntax.ts";
import { compare } from "./values.ts";

/**
 * Sorts rows by keys; rows that are equal in all of them keep their order.
 * @throws QueryError for a key that has no order
 */
export function rowsSorter(
  given: readonly SortKey[],
  columns: readonly Column[],
): (rows: readonly Row[]) => readonly Row[] {
  const keys = given.map((key) => ({ ...key, ...compileExpression(key.expression, columns) }));
  for (const { type, expression } of keys) {
    if (type === "dynamic") throw misfit("A dynamic value cannot be sorted by: cast it, as in tostring().", expression);
  }
  return (rows) => {
    const entries = rows.map((row) => ({ row, values: keys.map(({ evaluate }) => evaluate(row)) }));
    entries.sort((a, b) => {
      for (const [index, key] of keys.entries()) {
        const order = ordered(key, a.values[index] ?? null, b.values[index] ?? null);
        if (order !== 0) return order;
      }
      return 0;
    });
    return entries.map(({ row }) => row);
  };
}

function ordered({ descending, nullsFirst }: SortKey, a: unknown, b: unknown): number {
  if (a === null && b === null) return 0;
  if (a === null || b === null) return (a === null) === nullsFirst ? -1 : 1;
  return descending ? -compare(a, b) : compare(a, b);
}
