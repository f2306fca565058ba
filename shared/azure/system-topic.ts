import type { SystemTopic } from "@azure/arm-eventgrid";
import type { DesiredResource, ResourceBodies } from "../domain/resource.ts";
import { type ArmPath, isSame, parseArmPath } from "./arm-id.ts";
import { observedResource } from "./arm-resource.ts";
import type { AzureClients } from "./clients.ts";
import { unlessMissing } from "./missing.ts";
import type { ResourcePort } from "./ports.ts";
import { settled } from "./settled.ts";

type Type = "Microsoft.EventGrid/systemTopics";

const updateIntervalInMs = 1_000;

/**
 * The topic in which a subscription publishes what happens to its resources. Azure allows one for each source, so that
 * one of another name or group is adopted.
 */
export function systemTopicPort(clients: AzureClients): ResourcePort<Type> {
  async function put(path: ArmPath, topic: SystemTopic): Promise<void> {
    const { systemTopics } = await clients.eventGrid(path.subscriptionId);
    await systemTopics.beginCreateOrUpdateAndWait(path.resourceGroup, path.name, topic, { updateIntervalInMs });
  }

  async function writeOnce(desired: DesiredResource<Type>): Promise<void> {
    const standing = await findSystemTopic(clients, desired.id, desired.body.source);
    if (standing !== null) return put(parseArmPath(standing.id ?? desired.id), withIdentity(standing));
    try {
      await put(parseArmPath(desired.id), {
        location: "global",
        identity: { type: "SystemAssigned" },
        source: desired.body.source,
        topicType: "Microsoft.Resources.Subscriptions",
      });
    } catch (thrown) {
      // Somebody else may have made the one topic of the source since it was looked for: Azure answers InvalidRequest.
      const other = await findSystemTopic(clients, desired.id, desired.body.source);
      if (other === null || isSame(other.id, desired.id)) throw thrown;
      await put(parseArmPath(other.id ?? desired.id), withIdentity(other));
    }
  }

  return {
    observe: async (desired) => {
      const find = () => findSystemTopic(clients, desired.id, desired.body.source);
      const native = await settled(clients, desired.id, find);
      if (native === null) return null;
      return observedResource("Microsoft.EventGrid/systemTopics", native, toBody(native), desired.id);
    },
    write: (desired) => clients.attempt(desired.id, () => writeOnce(desired)),
    remove: (id) =>
      clients.attempt(id, async () => {
        const { subscriptionId, resourceGroup, name } = parseArmPath(id);
        const { systemTopics } = await clients.eventGrid(subscriptionId);
        await unlessMissing(() => systemTopics.beginDeleteAndWait(resourceGroup, name, { updateIntervalInMs }));
      }),
  };
}

/** The topic of this id, or another one of the same source in the subscription, or null. Throws untyped. */
export async function findSystemTopic(clients: AzureClients, id: string, source: string): Promise<SystemTopic | null> {
  const { systemTopics } = await clients.eventGrid(parseArmPath(id).subscriptionId);
  let other: SystemTopic | null = null;
  for await (const topic of systemTopics.listBySubscription()) {
    if (isSame(topic.id, id)) return topic;
    if (isSame(topic.source, source)) other = topic;
  }
  return other;
}

function toBody(native: SystemTopic): ResourceBodies[Type] {
  const { type } = native.identity ?? {};
  return {
    source: native.source ?? "",
    // Without an identity of its own a topic has "None", which the desired state never asks for.
    identityType: (hasSystemAssigned(type) ? "SystemAssigned" : (type ?? "None")) as "SystemAssigned",
  };
}

function withIdentity(standing: SystemTopic): SystemTopic {
  const { type, userAssignedIdentities } = standing.identity ?? {};
  if (hasSystemAssigned(type)) return standing;
  if (type !== "UserAssigned") return { ...standing, identity: { type: "SystemAssigned" } };
  const userAssigned = Object.keys(userAssignedIdentities ?? {}).map((id) => [id, {}]);
  const identities = Object.fromEntries(userAssigned);
  return { ...standing, identity: { type: "SystemAssigned, UserAssigned", userAssignedIdentities: identities } };
}

function hasSystemAssigned(type: string | undefined): boolean {
  return (type ?? "").split(",").some((one) => isSame(one.trim(), "SystemAssigned"));
}
