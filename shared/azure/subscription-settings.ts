import { RefusedError } from "../domain/errors.ts";
import { resourceId, subscriptionScope } from "../domain/resource-id.ts";
import { parseArmPath, parseExtensionPath, withoutLeadingSlash } from "./arm-id.ts";
import type { AzureClients } from "./clients.ts";
import { typedFailure } from "./errors.ts";
import { unlessMissing } from "./missing.ts";
import type { SubscriptionSettingsPort } from "./ports.ts";
import type { RawResource } from "./raw-resource.ts";
import { securityContactApiVersion } from "./security-contact.ts";

interface Listed {
  readonly id?: string | undefined;
}

/** What of a subscription Resource Graph does not tell: one call (and its further pages) for each kind. */
export function subscriptionSettingsPort(clients: AzureClients): SubscriptionSettingsPort {
  const all = async (list: AsyncIterable<Listed>): Promise<RawResource[]> => {
    const found: RawResource[] = [];
    for await (const one of list) if (one.id !== undefined) found.push({ ...one, id: one.id });
    return found;
  };
  const one = (native: Listed | null): RawResource[] =>
    native?.id === undefined ? [] : [{ ...native, id: native.id }];

  return {
    read: (kind, subscriptionId, parentId) =>
      clients.attempt(subscriptionScope(subscriptionId), () =>
        firmly(async () => {
          switch (kind) {
            case "roleAssignments":
              // Those at the scope, above it and below it.
              return all(
                (await clients.authorization()).roleAssignments.listForScope(
                  withoutLeadingSlash(parentId ?? subscriptionScope(subscriptionId)),
                ),
              );
            case "roleDefinition": {
              const { roleDefinitions } = await clients.authorization();
              const id = parentOf(kind, parentId);
              const native = await unlessMissing(() => roleDefinitions.getById(withoutLeadingSlash(id)));
              // Azure tells the id under the scope at which the role was defined.
              return native === null ? [] : [{ ...native, id }];
            }
            case "diagnosticSettings": {
              const { diagnosticSettings } = await clients.monitor();
              return all(diagnosticSettings.list(withoutLeadingSlash(subscriptionScope(subscriptionId))));
            }
            case "pricings": {
              const { value } = await (await clients.security(subscriptionId)).pricings.list();
              return value.flatMap(one);
            }
            case "securityContact": {
              const id = resourceId(
                subscriptionScope(subscriptionId),
                "Microsoft.Security/securityContacts",
                "default",
              );
              const { resources } = await clients.resources(parseExtensionPath(id).scope.split("/").at(-1) ?? "");
              return one(
                await unlessMissing(() => resources.getById(withoutLeadingSlash(id), securityContactApiVersion)),
              );
            }
            case "eventSubscriptions": {
              const topic = parseArmPath(parentOf(kind, parentId));
              const { systemTopicEventSubscriptions } = await clients.eventGrid(subscriptionId);
              return all(systemTopicEventSubscriptions.listBySystemTopic(topic.resourceGroup, topic.name));
            }
            case "ruleCollectionGroup": {
              const { resourceGroup, parent, name } = parseArmPath(parentOf(kind, parentId));
              const { firewallPolicyRuleCollectionGroups } = await clients.network(subscriptionId);
              return one(
                await unlessMissing(() => firewallPolicyRuleCollectionGroups.get(resourceGroup, parent, name)),
              );
            }
          }
        }),
      ),
  };
}

/** A right that is missing here is missing: nobody gave it moments ago, so that nobody waits for it. */
async function firmly<R>(read: () => Promise<R>): Promise<R> {
  try {
    return await read();
  } catch (thrown) {
    const { error } = typedFailure(thrown, null);
    throw error instanceof RefusedError ? error : thrown;
  }
}

function parentOf(kind: string, id: string | undefined): string {
  if (id !== undefined) return id;
  throw new RefusedError({
    code: "ResourceUnnamed",
    message: `To read ${kind} the tool must name where they are.`,
    resourceId: null,
    remedy: "Report it: this is an error of the tool.",
  });
}
