import { ArmError } from "../arm-error.ts";
import type { Engine } from "../engine/engine.ts";
import type { ProvisioningState } from "../resource.ts";
import { idKey, parseResourceId } from "../resource-id.ts";
import { childKey, type StoredResource } from "../store/stored-resource.ts";
import { isInline } from "../type-registry.ts";
import type { Caller } from "../world.ts";
import { changeOfOperation } from "./change-of-operation.ts";
import { LiveCompletionContext, runRemoveEffects } from "./completion-context.ts";
import type { Operation, OperationError } from "./operation.ts";
import { removeGroupContent } from "./remove-group-content.ts";
import { supersededError } from "./superseded-error.ts";
import { takeOut } from "./take-out.ts";

/**
 * Ends an operation: its effects, the final states of what it touched, its own status. A defect in a type's effects
 * fails the operation and is reported; it must not stop the operations of others.
 */
export function completeOperation(engine: Engine, operation: Operation): void {
  engine.database.transaction(() => {
    const error = faultError(operation) ?? applied(engine, operation);
    const { origin: _origin, ...ended } = operation;
    const status = error === undefined ? "Succeeded" : error.code === "Canceled" ? "Canceled" : "Failed";
    if (error !== undefined) setStates(engine, operation, operation.kind === "removeGroup" ? "Succeeded" : "Failed");
    engine.operations.put({ ...ended, status, ...(error === undefined ? {} : { error }) });
    engine.changes.tell(changeOfOperation(operation, status));
  });
}

function applied(engine: Engine, operation: Operation): OperationError | undefined {
  const caller: Caller = { principalId: operation.principalId, clientId: operation.clientId };
  try {
    if (operation.kind === "put") applyPut(engine, operation, caller);
    if (operation.kind === "remove") applyRemove(engine, operation, caller);
    if (operation.kind === "removeGroup") removeGroupContent(engine, operation, caller);
    return undefined;
  } catch (error) {
    if (!(error instanceof ArmError)) {
      engine.report(error);
      return { code: "InternalServerError", message: "An error occurred.", details: [] };
    }
    return { code: error.code, message: error.message, details: error.details };
  }
}

function applyPut(engine: Engine, operation: Operation, caller: Caller): void {
  setStates(engine, operation, "Succeeded");
  for (const { id, change, removed } of operation.touched) {
    if (change === "remove" && removed !== undefined) runRemoveEffects(engine, removed, caller);
    const resource = change === "put" ? engine.resources.get(id) : undefined;
    if (resource === undefined) continue;
    engine.types.get(resource.type)?.put?.completed?.(new LiveCompletionContext(engine, resource, caller));
  }
}

function applyRemove(engine: Engine, operation: Operation, caller: Caller): void {
  for (const gone of takeOut(engine, operation.resourceId)) runRemoveEffects(engine, gone, caller);
  setStates(engine, operation, "Succeeded");
}

/** Sets the state of every touched resource that stands; the parent of a touched inline child follows. */
function setStates(engine: Engine, operation: Operation, provisioningState: ProvisioningState): void {
  const changed = new Map<string, StoredResource>();
  for (const { id, removed } of operation.touched) {
    const place = removed === undefined ? placeOf(engine, id) : undefined;
    const owner = place && (changed.get(place.ownerKey) ?? engine.resources.stored(place.ownerKey));
    if (owner !== undefined) changed.set(place?.ownerKey ?? "", withState(owner, place?.child, provisioningState));
  }
  for (const owner of changed.values()) engine.resources.put(owner);
}

/** The row that holds a resource's state, and the key of an inline child in it. */
function placeOf(engine: Engine, id: string): { readonly ownerKey: string; readonly child: string | undefined } {
  const parsed = parseResourceId(id);
  const type = parsed === undefined ? undefined : engine.types.get(parsed.type);
  if (parsed === undefined || type === undefined || !isInline(type)) return { ownerKey: idKey(id), child: undefined };
  return { ownerKey: idKey(parsed.parentId ?? ""), child: childKey(type.inline.property, parsed.name) };
}

function withState(owner: StoredResource, child: string | undefined, state: ProvisioningState): StoredResource {
  const before = child === undefined ? undefined : owner.children[child];
  if (child === undefined || before === undefined) return { ...owner, provisioningState: state };
  const children = { ...owner.children, [child]: { ...before, provisioningState: state } };
  return { ...owner, provisioningState: state, children };
}

function faultError(operation: Operation): OperationError | undefined {
  if (operation.fault?.kind === "lro-failed") {
    return operation.fault.error ?? { code: "InternalServerError", message: "An error occurred.", details: [] };
  }
  if (operation.fault?.kind === "lro-superseded") {
    return supersededError(operation, { name: operation.name, id: "00000000-0000-0000-0000-000000000000" });
  }
  return undefined;
}
