import type { OperationError } from "./operation.ts";

/** The `error` of an operation that a newer one took over. */
export function supersededError(
  operation: { name: string; id: string },
  by: { name: string; id: string },
): OperationError {
  const code = "CanceledAndSupersededDueToAnotherOperation";
  const message = `Operation ${operation.name} (${operation.id}) was canceled and superseded by operation ${by.name} (${by.id}).`;
  return { code: "Canceled", message: "Operation was canceled.", details: [{ code, message }] };
}
