import type { EndedChange } from "./ended-change.ts";
import type { Operation, OperationStatus } from "./operation.ts";

const outcomes = { InProgress: "Success", Succeeded: "Success", Failed: "Failure", Canceled: "Cancel" } as const;
const kinds = { put: "Write", remove: "Delete", removeGroup: "Delete", action: "Action" } as const;
const verbs = { put: "write", remove: "delete", removeGroup: "delete", action: "" } as const;

/** The change that an operation's end is. */
export function changeOfOperation(operation: Operation, status: OperationStatus): EndedChange {
  const { kind, name, resourceId, resourceType, principalId, origin, created } = operation;
  return {
    kind: kinds[kind],
    outcome: outcomes[status],
    resourceId,
    action: kind === "action" ? name : `${resourceType}/${verbs[kind]}`,
    principalId,
    known: created !== true,
    origin,
  };
}
