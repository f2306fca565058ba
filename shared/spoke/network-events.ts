import type { NetworkEventSettings } from "../domain/platform-configuration.ts";
import type { DesiredResource } from "../domain/resource.ts";
import { childResourceId, parseResourceId, resourceGroupId, resourceId } from "../domain/resource-id.ts";
import { watchedTypes } from "../domain/watched-types.ts";
import type { SpokeDesign } from "./spoke-design.ts";

const builtInRole = (id: string) => `/providers/Microsoft.Authorization/roleDefinitions/${id}`;
const storageQueueDataMessageSender = builtInRole("c6a89b2d-59bc-44d0-9896-0f6e12d7b80a");
const storageBlobDataContributor = builtInRole("ba92f5b4-2d11-453d-a403-e96b0029c9fe");

/**
 * What a subscription shares so that the tool hears of changes by hand: its one Event Grid topic, adopted where one
 * stands, and the event subscription that feeds the app's queue as the topic's own identity. None of it is ever taken
 * back: other spokes of the subscription hear by it too.
 */
export function networkEventResources(design: SpokeDesign): DesiredResource[] {
  const events = design.configuration.networkEvents;
  if (events === null) return [];
  const topic = systemTopic(design, events);
  const topicId = topic[topic.length - 1]?.id ?? "";
  const roles = rolesOf(design, events, topicId);
  return [...topic, ...roles, eventSubscription(events, topicId, roles)];
}

/** The topic last; before it its resource group, which is needed only where none stands. */
function systemTopic({ facts, names, request }: SpokeDesign, events: NetworkEventSettings): DesiredResource[] {
  const common = { ownership: "shared", steps: [7] } as const;
  const group = resourceGroupId(request.subscriptionId, events.resourceGroup);
  const own = resourceId(group, "Microsoft.EventGrid/systemTopics", "evgt-zero-trust");
  const topic = (id: string, dependsOn: readonly string[]): DesiredResource => ({
    ...common,
    id,
    type: "Microsoft.EventGrid/systemTopics",
    dependsOn,
    body: { source: names.subscription, identityType: "SystemAssigned" },
  });
  if (facts.systemTopicId !== null) return [topic(facts.systemTopicId, [])];
  return [
    {
      ...common,
      id: group,
      type: "Microsoft.Resources/resourceGroups",
      dependsOn: [],
      body: { location: events.location, tags: {} },
    },
    topic(own, [group]),
  ];
}

/** On queue and container alone, not on the account. Event Grid, "Grant managed identity the access to destination". */
function rolesOf(design: SpokeDesign, events: NetworkEventSettings, topicId: string): DesiredResource[] {
  const { storageAccountId, queueName, deadLetterContainer } = events;
  const role = (scope: string, roleDefinitionId: string): DesiredResource => ({
    id: design.names.roleAssignmentFor(scope, roleDefinitionId, topicId),
    type: "Microsoft.Authorization/roleAssignments",
    ownership: "shared",
    steps: [7],
    dependsOn: [topicId],
    body: {
      roleDefinitionId: design.names.inSubscriptionOf(storageAccountId, roleDefinitionId),
      principalId: topicId,
      principalType: "ServicePrincipal",
    },
  });
  const service = (name: string) => childResourceId(storageAccountId, name, "default");
  const queue = childResourceId(service("queueServices"), "queues", queueName);
  const sender = role(queue, storageQueueDataMessageSender);
  if (deadLetterContainer === null) return [sender];
  const container = childResourceId(service("blobServices"), "containers", deadLetterContainer);
  return [sender, role(container, storageBlobDataContributor)];
}

function eventSubscription(
  events: NetworkEventSettings,
  topicId: string,
  roles: readonly DesiredResource[],
): DesiredResource {
  const { storageAccountId, queueName, deadLetterContainer } = events;
  return {
    id: childResourceId(parseResourceId(topicId).id, "eventSubscriptions", "zero-trust-network-changes"),
    type: "Microsoft.EventGrid/systemTopics/eventSubscriptions",
    ownership: "shared",
    steps: [7],
    dependsOn: [topicId, ...roles.map(({ id }) => id)],
    body: {
      storageAccountId,
      queueName,
      deadLetterContainer,
      eventTypes: ["Microsoft.Resources.ResourceDeleteSuccess", "Microsoft.Resources.ResourceWriteSuccess"],
      operationNames: watchedTypes.flatMap((type) =>
        ["delete", "write"].map((verb) => `Microsoft.Network/${type}/${verb}`),
      ),
      // As patient as Event Grid gets ("Event Grid message delivery and retry").
      maxDeliveryAttempts: 30,
      timeToLiveInMinutes: 1440,
    },
  };
}
