import { ArmError } from "../arm-error.ts";
import type { Engine } from "../engine/engine.ts";
import type { Resource } from "../resource.ts";
import { idKey, parseResourceId } from "../resource-id.ts";
import type { StoredResource } from "../store/stored-resource.ts";
import { LiveWriteContext } from "../verbs/write-context.ts";
import type { Caller } from "../world.ts";
import { runRemoveEffects } from "./completion-context.ts";
import type { Operation } from "./operation.ts";
import { takeOut } from "./take-out.ts";

/**
 * Deletes what a resource group holds, users before what they use, and then the group. What is used from outside the
 * group stays, and so does the group.
 * @throws ArmError 409 ResourceGroupDeletionBlocked naming what is in the way
 */
export function removeGroupContent(engine: Engine, operation: Operation, caller: Caller): void {
  const group = operation.resourceId;
  let refusal: ArmError | undefined;
  let progress = true;
  while (progress) {
    progress = false;
    refusal = undefined;
    for (const resource of inDeletionOrder(engine, group)) {
      if (engine.resources.stored(resource.id) === undefined) continue;
      const refused = refusalOf(engine, operation, resource, caller);
      if (refused !== undefined) {
        refusal = refused;
        continue;
      }
      for (const gone of takeOut(engine, resource.id)) {
        runRemoveEffects(engine, gone, caller);
        tellGone(engine, operation, gone);
      }
      progress = true;
    }
  }
  if (refusal !== undefined) {
    const message = `Deletion of resource group '${operation.resourceId.split("/").pop()}' failed as resources in it could not be deleted. ${refusal.message}`;
    throw new ArmError(409, "ResourceGroupDeletionBlocked", message, [refusal]);
  }
  for (const each of engine.resources.below(group)) engine.resources.delete(each.id);
  engine.resources.delete(group);
}

/** Each resource of a group is a deletion of its own; what only extends it goes unmentioned. */
function tellGone(engine: Engine, { principalId, origin }: Operation, { id, type }: Resource): void {
  if (engine.types.get(type)?.scope === "extension") return;
  const action = `${type}/delete`;
  engine.changes.tell({
    kind: "Delete",
    outcome: "Success",
    resourceId: id,
    action,
    principalId,
    known: false,
    origin,
  });
}

/** What stands on its own in the group, without nested and extension resources, which go with theirs. */
function inDeletionOrder(engine: Engine, group: string): readonly StoredResource[] {
  const order = (resource: StoredResource) => engine.types.get(resource.type)?.deletionOrder ?? 50;
  return engine.resources
    .below(group)
    .filter(({ id }) => idKey(parseResourceId(id)?.parentId ?? "") === idKey(group))
    .filter(({ type }) => engine.types.get(type)?.scope !== "extension")
    .sort((a, b) => order(a) - order(b));
}

function refusalOf(
  engine: Engine,
  operation: Operation,
  resource: StoredResource,
  caller: Caller,
): ArmError | undefined {
  const remove = engine.types.get(resource.type)?.remove;
  const id = parseResourceId(resource.id);
  if (remove?.check === undefined || remove.uncheckedWithGroup === true || id === undefined) return undefined;
  const parts = { id, apiVersion: operation.apiVersion, query: new URLSearchParams(), caller, action: "" };
  try {
    remove.check(new LiveWriteContext(engine, parts), resource);
    return undefined;
  } catch (error) {
    if (error instanceof ArmError) return error;
    throw error;
  }
}
