import type { Engine } from "../engine/engine.ts";
import type {
  EventSubscriptionProperties,
  StorageQueueDestination,
} from "../platform/event-grid/event-subscription-properties.ts";
import { storageAccountType } from "../platform/storage/storage-account-name.ts";
import { blobContainerId, storageQueueId } from "../platform/storage/storage-parts.ts";
import type { Resource } from "../resource.ts";
import type { BackingStorage } from "../storage-data/backing-storage.ts";

/** A delivery that failed; permanent where trying again is of no use. */
export class DeliveryFailure extends Error {
  readonly permanent: boolean;

  constructor(message: string, permanent = false) {
    super(message);
    this.name = "DeliveryFailure";
    this.permanent = permanent;
  }
}

/** An event subscription that stands, read. */
export interface StandingSubscription {
  readonly id: string;
  readonly name: string;
  readonly properties: EventSubscriptionProperties;
  /** Object id of the topic's identity; undefined where it has none. */
  readonly principalId: string | undefined;
}

/** The event subscription of an id, with its topic's identity; undefined where either is gone. */
export function standingSubscription(engine: Engine, id: string): StandingSubscription | undefined {
  const subscription = engine.resources.get(id);
  const topic = engine.resources.get(id.split("/").slice(0, -2).join("/"));
  if (subscription === undefined || topic === undefined) return undefined;
  const principalId = topic.body.identity?.principalId;
  return {
    id: subscription.id,
    name: subscription.name,
    properties: subscription.body.properties as unknown as EventSubscriptionProperties,
    principalId: typeof principalId === "string" ? principalId : undefined,
  };
}

/**
 * Puts a message into the subscription's queue, in the name of the topic's identity where it is asked to.
 * @throws DeliveryFailure
 */
export async function sendToQueue(engine: Engine, subscription: StandingSubscription, text: string): Promise<void> {
  const { deliveryWithResourceIdentity, destination } = subscription.properties;
  const queue: StorageQueueDestination | undefined = deliveryWithResourceIdentity?.destination ?? destination;
  if (queue === undefined) throw new DeliveryFailure("The event subscription has no destination.", true);
  const { resourceId, queueName, queueMessageTimeToLiveInSeconds: messageTimeToLive } = queue.properties;
  const scope = storageQueueId(resourceId, queueName);
  const right = deliveryWithResourceIdentity === undefined ? undefined : "queueServices/queues/messages/add/action";
  const { storage, account } = openAccount(engine, subscription, resourceId, scope, right);
  const client = (await storage.queues(account.name)).getQueueClient(queueName);
  const options = messageTimeToLive === undefined ? {} : { messageTimeToLive };
  await client.sendMessage(text, options).catch((error: unknown) => {
    const tooLarge = statusOf(error) === 413 || codeOf(error) === "RequestBodyTooLarge";
    throw new DeliveryFailure(String(error), tooLarge);
  });
}

/**
 * Writes a dead letter in the name of the topic's identity.
 * @returns false where the subscription asks for none
 * @throws DeliveryFailure
 */
export async function writeDeadLetter(
  engine: Engine,
  subscription: StandingSubscription,
  blobName: string,
  text: string,
): Promise<boolean> {
  const dead = subscription.properties.deadLetterWithResourceIdentity?.deadLetterDestination.properties;
  if (dead === undefined) return false;
  const { resourceId, blobContainerName } = dead;
  const scope = blobContainerId(resourceId, blobContainerName);
  const right = "blobServices/containers/blobs/write";
  const { storage, account } = openAccount(engine, subscription, resourceId, scope, right);
  const container = (await storage.blobs(account.name)).getContainerClient(blobContainerName);
  const blobHTTPHeaders = { blobContentType: "application/json" };
  await container
    .getBlockBlobClient(blobName)
    .upload(text, Buffer.byteLength(text), { blobHTTPHeaders })
    .catch((error: unknown) => {
      throw new DeliveryFailure(String(error));
    });
  return true;
}

/** The account behind a destination, if the identity may use it at this moment (without one: if keys are allowed). */
function openAccount(
  engine: Engine,
  { principalId, name }: StandingSubscription,
  accountId: string,
  scope: string,
  right: string | undefined,
): { readonly storage: BackingStorage; readonly account: Resource } {
  const account = engine.resources.get(accountId);
  if (account === undefined || engine.resources.get(scope) === undefined) {
    throw new DeliveryFailure(`The destination ${scope} does not stand.`);
  }
  if (right === undefined) {
    if (account.body.properties.allowSharedKeyAccess === false) {
      throw new DeliveryFailure("KeyBasedAuthenticationNotPermitted: the account takes no keys.");
    }
  } else if (
    principalId === undefined ||
    !engine.world.isAllowed(principalId, scope, `${storageAccountType}/${right}`, "dataAction")
  ) {
    throw new DeliveryFailure(`AuthorizationPermissionMismatch: the topic of ${name} may not write to ${scope}.`);
  }
  if (engine.storage?.has(account.name) !== true) {
    throw new DeliveryFailure(`Local Azure has no storage behind the account '${account.name}'.`, true);
  }
  return { storage: engine.storage, account };
}

function statusOf(error: unknown): unknown {
  return typeof error === "object" && error !== null && "statusCode" in error ? error.statusCode : undefined;
}

function codeOf(error: unknown): unknown {
  return typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
}
