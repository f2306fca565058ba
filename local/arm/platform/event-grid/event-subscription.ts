import { ArmError } from "../../arm-error.ts";
import type { ResourceBody } from "../../resource.ts";
import type { ResourceType } from "../../resource-type.ts";
import type { CompletionContext, WriteContext } from "../../world.ts";
import { envelope } from "../envelope.ts";
import { storageAccountType } from "../storage/storage-account-name.ts";
import { blobContainerId, storageQueueId } from "../storage/storage-parts.ts";
import {
  type EventSubscriptionProperties,
  invalidRequest,
  parseEventSubscription,
} from "./event-subscription-properties.ts";

/** Where the events of a system topic go: a storage queue, with or without the topic's own identity. */
export const systemTopicEventSubscription: ResourceType = {
  type: "Microsoft.EventGrid/systemTopics/eventSubscriptions",
  scope: "resourceGroup",
  apiVersions: ["2022-06-15", "2025-02-15"],
  namePattern: /^[A-Za-z0-9-]{3,64}$/,
  list: { by: ["parent"] },
  put: {
    operationName: "PutEventSubscriptionOperation",
    longRunning: "azure-async-operation",
    seconds: { create: 10, update: 5 },
    prepare,
    completed: refuseWithoutRoles,
  },
  remove: { longRunning: "location", seconds: 10 },
};

function prepare(context: WriteContext, body: ResourceBody): ResourceBody {
  envelope("event subscriptions", body);
  const given = parseEventSubscription(body.properties);
  const destination = given.deliveryWithResourceIdentity?.destination ?? given.destination;
  if (destination === undefined) throw invalidRequest("The destination of the event subscription is missing.");
  const byIdentity = given.deliveryWithResourceIdentity ?? given.deadLetterWithResourceIdentity;
  if (byIdentity !== undefined && context.parent?.body.identity?.type !== "SystemAssigned") {
    throw invalidRequest("The system topic has no identity to deliver with.");
  }
  const source = String(context.parent?.body.properties.source);
  demandRights(context, source, destination.properties.resourceId);
  const { resourceId, queueName } = destination.properties;
  context.reference(resourceId, { type: storageAccountType, joinAction: false });
  context.reference(storageQueueId(resourceId, queueName), { joinAction: false });
  const dead = given.deadLetterWithResourceIdentity?.deadLetterDestination.properties;
  if (dead !== undefined) {
    context.reference(blobContainerId(dead.resourceId, dead.blobContainerName), { joinAction: false });
  }
  return { properties: { ...given, topic: source } };
}

/**
 * Who subscribes may write event subscriptions of the source, and may write the destination: nobody shall send events to
 * a resource of others. Source: Event Grid, "Authorizing access to Event Grid resources", Permissions for event subscriptions.
 */
function demandRights(context: WriteContext, source: string, storageAccountId: string): void {
  context.requireAction(source, "Microsoft.EventGrid/eventSubscriptions/write");
  context.requireAction(storageAccountId, `${storageAccountType}/write`);
}

/**
 * Event Grid tries the identity at the destination once it has accepted the subscription: without the role the operation
 * ends as failed, and the subscription stands as Failed. Source: Event Grid, "Grant managed identity the access to Event
 * Grid destination" (the roles); the refusal as Azure words it in public deployment logs.
 */
function refuseWithoutRoles({ resource, world }: CompletionContext): void {
  const { deliveryWithResourceIdentity: delivery, deadLetterWithResourceIdentity: dead } = resource.body
    .properties as unknown as EventSubscriptionProperties;
  const topic = world.get(resource.id.split("/").slice(0, -2).join("/"));
  const principalId = String(topic?.body.identity?.principalId);
  const demand = (scope: string, action: string): void => {
    if (world.isAllowed(principalId, scope, `${storageAccountType}/${action}`, "dataAction")) return;
    throw new ArmError(
      400,
      "Managed Identity Authorization Error",
      `Managed Identity for ${resource.name} does not have permission to perform appropriate action on the destination resource. Managed identity for event subscription does not have authorization to deliver to the endpoint. Visit aka.ms/egmsivalidation for more details.`,
    );
  };
  if (delivery !== undefined) {
    const { resourceId, queueName } = delivery.destination.properties;
    demand(storageQueueId(resourceId, queueName), "queueServices/queues/messages/add/action");
  }
  if (dead !== undefined) {
    const { resourceId, blobContainerName } = dead.deadLetterDestination.properties;
    demand(blobContainerId(resourceId, blobContainerName), "blobServices/containers/blobs/write");
  }
}
