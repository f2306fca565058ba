import type { Expression } from "./syntax.ts";

const casts = new Set(["tostring", "toint", "tolong", "tobool"]);

/**
 * The column name that KQL gives an expression without one: the path of a member (`properties_state`), also inside a
 * cast; undefined where KQL counts (`Column1`).
 */
export function nameOfExpression(expression: Expression): string | undefined {
  if (expression.kind === "column") return expression.name;
  if (expression.kind === "member") {
    const of = nameOfExpression(expression.of);
    return of === undefined ? undefined : `${of}_${expression.key}`;
  }
  const [only] = expression.kind === "call" && casts.has(expression.name) ? expression.arguments : [];
  return only === undefined ? undefined : nameOfExpression(only);
}
