import type { IdentityInfo, SystemTopic } from "@azure/arm-eventgrid";
import type { DesiredResource, ResourceBodies } from "../domain/resource.ts";
import { subscriptionScope } from "../domain/resource-id.ts";
import { type ArmPath, isSame, parseArmPath } from "./arm-id.ts";
import { observedResource } from "./arm-resource.ts";
import type { AzureClients } from "./clients.ts";
import { unlessMissing } from "./missing.ts";
import { updateIntervalInMs } from "./operation-pace.ts";
import type { ResourcePort, ResourceSnapshot } from "./ports.ts";
import { nativeOf } from "./raw-resource.ts";
import { settled } from "./settled.ts";

type Type = "Microsoft.EventGrid/systemTopics";

/** Topics of other types (policy states, resource notifications) may have the same source, and tell other things. */
const topicType = "Microsoft.Resources.Subscriptions";

/**
 * The topic in which a subscription publishes what happens to its resources. Azure allows one for each source, so that
 * one of another name or group is adopted.
 */
export function systemTopicPort(clients: AzureClients): ResourcePort<Type> {
  async function put(path: ArmPath, topic: SystemTopic): Promise<void> {
    const { systemTopics } = await clients.eventGrid(path.subscriptionId);
    await systemTopics.beginCreateOrUpdateAndWait(path.resourceGroup, path.name, topic, { updateIntervalInMs });
  }

  /** An adopted topic gets an identity beside what it has, by PATCH: a PUT would drop what this API version does not know. */
  async function mend(standing: SystemTopic, path: ArmPath): Promise<void> {
    const identity = missingIdentity(standing);
    if (identity === null) return put(path, standing);
    const { systemTopics } = await clients.eventGrid(path.subscriptionId);
    await systemTopics.beginUpdateAndWait(path.resourceGroup, path.name, { identity }, { updateIntervalInMs });
  }

  async function writeOnce(desired: DesiredResource<Type>): Promise<void> {
    const standing = await findSystemTopic(clients, parseArmPath(desired.id).subscriptionId);
    if (standing !== null) return mend(standing, parseArmPath(standing.id ?? desired.id));
    try {
      await put(parseArmPath(desired.id), {
        location: "global",
        identity: { type: "SystemAssigned" },
        source: desired.body.source,
        topicType,
      });
    } catch (thrown) {
      // Somebody else may have made the one topic of the source since it was looked for: Azure answers InvalidRequest.
      const other = await findSystemTopic(clients, parseArmPath(desired.id).subscriptionId);
      if (other === null || isSame(other.id, desired.id)) throw thrown;
      await mend(other, parseArmPath(other.id ?? desired.id));
    }
  }

  return {
    observe: async (desired) => {
      const find = () => findSystemTopic(clients, parseArmPath(desired.id).subscriptionId);
      const native = await settled(clients, desired.id, find);
      if (native === null) return null;
      return observedResource("Microsoft.EventGrid/systemTopics", native, toBody(native), desired.id);
    },
    observeIn: (snapshot, desired) => {
      const native = findSystemTopicIn(snapshot, parseArmPath(desired.id).subscriptionId, desired.body.source);
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

/** The subscription's topic of what happens to its resources, whatever its name and group, or null. Throws untyped. */
export async function findSystemTopic(clients: AzureClients, subscriptionId: string): Promise<SystemTopic | null> {
  const source = subscriptionScope(subscriptionId);
  const { systemTopics } = await clients.eventGrid(subscriptionId);
  for await (const topic of systemTopics.listBySubscription()) {
    if (tellsOf(topic, source)) return topic;
  }
  return null;
}

/** The same among documents that were read before. */
export function findSystemTopicIn(
  snapshot: ResourceSnapshot,
  subscriptionId: string,
  source: string,
): SystemTopic | null {
  const topics = snapshot.ofType("Microsoft.EventGrid/systemTopics", subscriptionId).map(nativeOf<SystemTopic>);
  return topics.find((topic) => tellsOf(topic, source)) ?? null;
}

/** Whether it is the topic of what happens to the resources of the source. */
function tellsOf(topic: SystemTopic, source: string): boolean {
  return isSame(topic.source, source) && isSame(topic.topicType, topicType);
}

function toBody(native: SystemTopic): ResourceBodies[Type] {
  const { type } = native.identity ?? {};
  return {
    source: native.source ?? "",
    // Without an identity of its own a topic has "None", which the desired state never asks for.
    identityType: (hasSystemAssigned(type) ? "SystemAssigned" : (type ?? "None")) as "SystemAssigned",
  };
}

/** What to give a topic that has no identity of its own yet; those assigned to it by others stay. */
function missingIdentity(standing: SystemTopic): IdentityInfo | null {
  const { type, userAssignedIdentities } = standing.identity ?? {};
  if (hasSystemAssigned(type)) return null;
  if (type !== "UserAssigned") return { type: "SystemAssigned" };
  const userAssigned = Object.keys(userAssignedIdentities ?? {}).map((id) => [id, {}]);
  return { type: "SystemAssigned, UserAssigned", userAssignedIdentities: Object.fromEntries(userAssigned) };
}

function hasSystemAssigned(type: string | undefined): boolean {
  return (type ?? "").split(",").some((one) => isSame(one.trim(), "SystemAssigned"));
}
