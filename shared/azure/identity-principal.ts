import { parseArmPath } from "./arm-id.ts";
import type { AzureClients } from "./clients.ts";
import { unlessMissing } from "./missing.ts";
import type { ResourceSnapshot } from "./ports.ts";
import { nativeOf } from "./raw-resource.ts";
import { findSystemTopic } from "./system-topic.ts";

/**
 * Object id of the principal behind a user-assigned identity, or of the identity that a subscription's system topic has
 * of its own; null where it does not stand. A topic that was adopted answers for the one in the id. Throws untyped.
 */
export async function identityPrincipal(clients: AzureClients, id: string): Promise<string | null> {
  const { subscriptionId, resourceGroup, name } = parseArmPath(id);
  if (/\/providers\/Microsoft\.EventGrid\/systemTopics\//i.test(id)) {
    const topic = await findSystemTopic(clients, subscriptionId);
    return topic?.identity?.principalId ?? null;
  }
  const { userAssignedIdentities } = await clients.managedIdentity(subscriptionId);
  const identity = await unlessMissing(() => userAssignedIdentities.get(resourceGroup, name));
  return identity?.principalId ?? null;
}

/** The same, of what was read before; an object id is itself. A topic's id in the desired state is that of the one that stands. */
export function principalIn(snapshot: ResourceSnapshot, principal: string): string | null {
  if (!principal.startsWith("/")) return principal;
  const raw = snapshot.byId(principal);
  if (raw === undefined) return null;
  const { identity, principalId } = nativeOf<{ identity?: { principalId?: string }; principalId?: string }>(raw);
  return identity?.principalId ?? principalId ?? null;
}
