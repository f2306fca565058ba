const compiled = new Map<string, RegExp>();

/**
 * True where an Azure RBAC action pattern (`*`, `Microsoft.Network/*`, `*\/read`) covers an action, without regard to case.
 * Source: Azure RBAC, "Understand Azure role definitions", section "Operation format".
 */
export function coversAction(pattern: string, action: string): boolean {
  let expression = compiled.get(pattern);
  if (expression === undefined) {
    const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
    expression = new RegExp(`^${escaped}$`, "i");
    compiled.set(pattern, expression);
  }
  return expression.test(action);
}
