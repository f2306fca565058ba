import { builtInRoleBodies } from "../authorization/built-in-role-resource.ts";
import { roleDefinitionId } from "../authorization/role-permissions.ts";
import type { Engine } from "../engine/engine.ts";
import { locations } from "../locations.ts";
import { registeredNamespaces } from "./registered-namespaces.ts";
import { seedAddresses, seedIpamPool } from "./seed-addresses.ts";
import { seedHubNetworks, seedHubs } from "./seed-hubs.ts";
import {
  appIdentity,
  breakGlassGroup,
  landingZones,
  microsoft365Group,
  owner,
  ownerSecret,
  platformSubscription,
  principals,
  requesterGroup,
  securityGroups,
  tenantId,
  users,
  workloadApplication,
} from "./seed-identities.ts";
import { seedPlatformLogs, seedStorageAccounts, seedWorkspace } from "./seed-logs.ts";
import { seedPlatformProtection, seedProtection } from "./seed-protection.ts";
import { SeedWriter } from "./seed-writer.ts";

const ownerRole = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
/** Fills an empty store with the world that local Azure begins with; the same at every start. */
export function applySeed(engine: Engine): void {
  const seed = new SeedWriter(engine);
  engine.database.transaction(() => {
    for (const principal of principals) engine.directory.put(principal);
    for (const [index, subscriptionId] of landingZones.entries()) {
      engine.subscriptions.add({
        subscriptionId,
        displayName: `Landing zone ${index + 1}`,
        registered: registeredNamespaces,
      });
    }
    engine.subscriptions.add({
      subscriptionId: platformSubscription,
      displayName: "Platform",
      registered: registeredNamespaces,
    });
    for (const { id, body } of builtInRoleBodies()) seed.store(id, body);
    seed.store("/providers/Microsoft.Authorization/roleAssignments/99999999-0000-4000-8000-000000000003", {
      properties: {
        roleDefinitionId: roleDefinitionId(ownerRole),
        principalId: owner.id,
        principalType: owner.principalType,
        scope: "/",
      },
    });
    seedHubNetworks(seed);
    seedPlatformLogs(seed);
    seedPlatformProtection(seed, engine.cloud);
    seedAddresses(seed);
  });
}

/** What `GET /_local/seed` shows. */
export function seedSummary(): Record<string, unknown> {
  const { clientId, id: principalId } = appIdentity;
  return {
    tenantId,
    subscriptions: landingZones.map((subscriptionId) => ({ subscriptionId })),
    platformSubscriptionId: platformSubscription,
    groups: securityGroups.map(({ id }) => ({ id })),
    requesterGroup: { id: requesterGroup.id },
    breakGlassGroup: { id: breakGlassGroup.id },
    otherGroups: [{ id: microsoft365Group.id }],
    users: users.map(({ id }) => ({ id })),
    owner: { clientId: owner.clientId, clientSecret: ownerSecret, principalId: owner.id },
    appIdentity: { clientId, principalId },
    application: { clientId: workloadApplication.clientId, principalId: workloadApplication.id },
    hubs: seedHubs,
    locations,
    workspace: seedWorkspace,
    storageAccounts: seedStorageAccounts,
    networkEvents: {
      storageAccountId: seedProtection.eventStorage,
      queueName: seedProtection.eventQueue,
      deadLetterContainer: seedProtection.deadEventContainer,
    },
    ipamPool: seedIpamPool,
  };
}
