import type { Engine } from "../engine/engine.ts";
import { type AppRole, seedAppRoles } from "../seed/app-roles.ts";
import { registeredNamespaces } from "../seed/registered-namespaces.ts";

/**
 * Adds landing-zone subscriptions with their providers registered and the app's roles assigned; those that stand already
 * stay as they are.
 */
export function addSubscriptions(engine: Engine, roles: readonly AppRole[], subscriptionIds: readonly string[]): void {
  engine.database.transaction(() => {
    const wanted = new Set(subscriptionIds.map((id) => id.toLowerCase()));
    const added = [...wanted].filter((id) => engine.subscriptions.get(id) === undefined);
    for (const subscriptionId of added) {
      const displayName = `Landing zone ${engine.subscriptions.all().length}`;
      engine.subscriptions.add({ subscriptionId, displayName, registered: registeredNamespaces });
    }
    seedAppRoles(engine, roles, added);
  });
}
