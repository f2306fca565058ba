import type { Engine } from "../engine/engine.ts";
import { anotherOperationInProgress } from "../errors/conflict-errors.ts";
import type { Operation } from "../operations/operation.ts";
import { operationUri } from "../operations/operation-uri.ts";
import { idKey } from "../resource-id.ts";

/**
 * Refuses a write that would touch what a running operation keeps busy. Where the type lets a newer PUT win, the running
 * PUTs on the same resource are returned instead: the new operation cancels them.
 *
 * @param own ids of the resource (and its parent, for inline children)
 * @param others further ids that the write keeps busy
 * @throws ArmError 409 AnotherOperationInProgress
 */
export function supersededOrRefused(
  engine: Engine,
  own: readonly string[],
  others: readonly string[],
  supersedes: boolean,
): readonly Operation[] {
  const foreign = engine.operations.busyWith(others);
  const running = engine.operations.busyWith(own);
  const root = idKey(own[0] ?? "");
  const blocking = [...running, ...foreign].find(
    (operation) => !(supersedes && operation.kind === "put" && operation.domains.includes(root)),
  );
  if (blocking !== undefined) throw anotherOperationInProgress(operationUri(engine, blocking));
  return running;
}
