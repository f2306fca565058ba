import { describe, expect, test } from "vitest";
import { planRemoval } from "../../../shared/spoke/plan-removal.ts";
import { contractRequest, platform, resourceOf, stateOf } from "./example.ts";

const subscription = "/subscriptions/11111111-1111-1111-1111-111111111111";
const group = `${subscription}/resourceGroups/zero-trust-shared`;
const ownTopic = `${group}/providers/Microsoft.EventGrid/systemTopics/evgt-zero-trust`;
const account = platform.networkEvents?.storageAccountId;
const type = "Microsoft.EventGrid/systemTopics/eventSubscriptions";

/** What step 7 has beside Defender and the alert. */
const eventsOf = (state: ReturnType<typeof stateOf>) =>
  state.resources.filter(({ type, ownership, steps }) => {
    return steps.includes(7) && ownership === "shared" && !type.startsWith("Microsoft.Security");
  });

describe("step 7: what a subscription tells of its networks", () => {
  const state = stateOf(contractRequest);

  test("topic, its roles on queue and container alone, and the event subscription, each after what it needs", () => {
    const [sharedGroup, topic, sender, deadLetters, events, ...others] = eventsOf(state);
    expect(others).toEqual([]);
    expect(sharedGroup).toMatchObject({ id: group, body: { location: "westeurope", tags: {} } });
    expect(topic).toMatchObject({ id: ownTopic, dependsOn: [group], body: { source: subscription } });
    expect(sender?.id).toContain(`${account}/queueServices/default/queues/network-changes/providers/`);
    expect(sender?.body).toMatchObject({ principalId: ownTopic, principalType: "ServicePrincipal" });
    expect(JSON.stringify(sender?.body)).toContain("c6a89b2d-59bc-44d0-9896-0f6e12d7b80a");
    expect(deadLetters?.id).toContain(`${account}/blobServices/default/containers/network-changes-dead/providers/`);
    expect(JSON.stringify(deadLetters?.body)).toContain("ba92f5b4-2d11-453d-a403-e96b0029c9fe");
    expect(events?.id).toBe(`${ownTopic}/eventSubscriptions/zero-trust-network-changes`);
    expect(events?.dependsOn).toEqual([ownTopic, sender?.id, deadLetters?.id]);
  });

  test("writes and deletions of every network type that a spoke depends on, within Event Grid's 25 values", () => {
    const { operationNames } = resourceOf(state, type).body;
    expect(operationNames.length).toBeLessThanOrEqual(25);
    for (const of of ["networkSecurityGroups/securityRules", "routeTables/routes", "virtualNetworks/subnets"]) {
      expect(operationNames).toContain(`Microsoft.Network/${of}/write`);
      expect(operationNames).toContain(`Microsoft.Network/${of}/delete`);
    }
  });

  test("a topic that stands is adopted where it is, and no group is made for it", () => {
    const systemTopicId = `${subscription}/resourceGroups/operations/providers/Microsoft.EventGrid/systemTopics/theirs`;
    const [topic, sender, , events] = eventsOf(stateOf(contractRequest, { systemTopicId }));
    expect(topic).toMatchObject({ id: systemTopicId, dependsOn: [] });
    expect(sender?.body).toMatchObject({ principalId: systemTopicId });
    expect(events?.id).toBe(`${systemTopicId}/eventSubscriptions/zero-trust-network-changes`);
  });

  test("without a dead-letter container there is one role less", () => {
    const networkEvents = platform.networkEvents && { ...platform.networkEvents, deadLetterContainer: null };
    const plain = stateOf(contractRequest, {}, { ...platform, networkEvents });
    expect(eventsOf(plain).map((resource) => resource.type)).toEqual([
      "Microsoft.Resources/resourceGroups",
      "Microsoft.EventGrid/systemTopics",
      "Microsoft.Authorization/roleAssignments",
      type,
    ]);
    expect(resourceOf(plain, type).body.deadLetterContainer).toBeNull();
  });

  test("a removal leaves all of it", () => {
    const { changes } = planRemoval({
      spoke: "orders-prod",
      addressPrefix: "10.20.0.0/22",
      recorded: state.resources.map(({ id, type, steps, ownership, dependsOn }) => {
        return { id, type, steps, ownership, dependsOn, action: "create" };
      }),
      observed: new Map(),
      findings: [],
    });
    const going = changes.map(({ id }) => id);
    expect(going).toContain(`${subscription}/resourceGroups/rg-orders-prod`);
    for (const { id } of eventsOf(state)) expect(going).not.toContain(id);
  });
});
