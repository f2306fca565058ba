import type { Token } from "./tokens.ts";

/** A value's kind, as far as a query says it. `dynamic` is what stands inside `properties` and the like. */
export type ValueType = "string" | "number" | "bool" | "dynamic";

export type BinaryOperator =
  | "=="
  | "!="
  | "=~"
  | "!~"
  | "<"
  | ">"
  | "<="
  | ">="
  | "has"
  | "!has"
  | "contains"
  | "!contains"
  | "startswith"
  | "!startswith"
  | "endswith"
  | "!endswith";

/** An expression; `at` is where it begins. */
export type Expression = { readonly at: Token } & (
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "column"; readonly name: string }
  | { readonly kind: "member"; readonly of: Expression; readonly key: string | number }
  | { readonly kind: "call"; readonly name: string; readonly arguments: readonly Expression[] }
  | {
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: "in";
      readonly negated: boolean;
      readonly ignoringCase: boolean;
      readonly of: Expression;
      readonly among: readonly Expression[];
    }
  | { readonly kind: "logical"; readonly operator: "and" | "or"; readonly parts: readonly Expression[] }
);

/** `name = expression`; the name is the query's own or the one that KQL gives. */
export interface NamedExpression {
  readonly name: string | undefined;
  readonly expression: Expression;
}

export interface SortKey {
  readonly expression: Expression;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

/** One step of the pipeline. */
export type Operator = { readonly at: Token } & (
  | { readonly kind: "where"; readonly condition: Expression }
  | { readonly kind: "project"; readonly columns: readonly NamedExpression[] }
  | { readonly kind: "project-away"; readonly columns: readonly string[] }
  | { readonly kind: "extend"; readonly columns: readonly NamedExpression[] }
  | { readonly kind: "sort"; readonly keys: readonly SortKey[] }
  | { readonly kind: "take"; readonly count: number }
  | { readonly kind: "count" }
  | { readonly kind: "summarize"; readonly counts: readonly string[]; readonly by: readonly NamedExpression[] }
  | { readonly kind: "distinct"; readonly columns: readonly NamedExpression[] }
  | {
      readonly kind: "mv-expand";
      readonly name: string | undefined;
      readonly expression: Expression;
      readonly limit: number;
    }
);

/** A query, parsed. */
export interface Query {
  /** In lower case. */
  readonly table: string;
  readonly operators: readonly Operator[];
}
