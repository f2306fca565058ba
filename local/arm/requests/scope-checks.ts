import type { Engine } from "../engine/engine.ts";
import { missingSubscriptionRegistration, resourceGroupBeingDeleted } from "../errors/conflict-errors.ts";
import { managementGroupNotFound, resourceGroupNotFound, resourceNotFound } from "../errors/not-found-errors.ts";
import { parseResourceId, type ResourceId } from "../resource-id.ts";
import { alwaysRegistered } from "../subscriptions/known-namespaces.ts";

/**
 * Refuses a call below a resource group that does not stand.
 * @throws ArmError 404 ResourceGroupNotFound
 */
export function refuseMissingGroup(engine: Engine, id: ResourceId): void {
  if (id.resourceGroup === undefined) return;
  if (engine.resources.stored(groupId(id)) === undefined) throw resourceGroupNotFound(id.resourceGroup);
}

/**
 * Refuses a write below a resource group that is being deleted.
 * @throws ArmError 409 ResourceGroupBeingDeleted
 */
export function refuseGroupBeingDeleted(engine: Engine, id: ResourceId): void {
  if (id.resourceGroup === undefined) return;
  const group = engine.resources.stored(groupId(id));
  if (group?.provisioningState === "Deleting") throw resourceGroupBeingDeleted(group.name);
}

/**
 * Refuses a write of a provider that the subscription has not registered.
 * @throws ArmError 409 MissingSubscriptionRegistration
 */
export function refuseUnregistered(engine: Engine, { subscriptionId, namespace }: ResourceId): void {
  if (subscriptionId === undefined || namespace === undefined || alwaysRegistered.includes(namespace)) return;
  if (!engine.subscriptions.isRegistered(subscriptionId, namespace)) throw missingSubscriptionRegistration(namespace);
}

/**
 * Refuses an extension of a resource or management group that does not stand; the tenant has its root group alone.
 * @throws ArmError 404 ResourceNotFound, ManagementGroupNotFound
 */
export function refuseMissingExtended(engine: Engine, scopeId: string): void {
  const scope = parseResourceId(scopeId);
  if (scope?.kind === "managementGroup" && scope.name.toLowerCase() !== engine.tenantId) {
    throw managementGroupNotFound(scope.name);
  }
  if (scope?.kind !== "resource" || engine.resources.get(scope.id) !== undefined) return;
  throw resourceNotFound(scope.type, scope.name, scope.resourceGroup);
}

function groupId({ subscriptionId, resourceGroup }: ResourceId): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`;
}
