import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { QueueServiceClient } from "@azure/storage-queue";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Stack, startStack } from "../../../local/stack/stack.ts";

const subscription = "/subscriptions/11111111-1111-1111-1111-111111111111";
const group = `${subscription}/resourceGroups/rg-by-hand`;
const account =
  "/subscriptions/aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa/resourceGroups/rg-platform-logs/providers/Microsoft.Storage/storageAccounts/stspokeevents";
const queue = `${account}/queueServices/default/queues/network-changes`;
const topic = `${group}/providers/Microsoft.EventGrid/systemTopics/evgt-by-hand`;
const nsg = `${group}/providers/Microsoft.Network/networkSecurityGroups/nsg-by-hand`;
const messageSender = "/providers/Microsoft.Authorization/roleDefinitions/c6a89b2d-59bc-44d0-9896-0f6e12d7b80a";

let stack: Stack;
let settings: Record<string, string>;
beforeAll(async () => {
  stack = await startStack({ speed: 0, azureOnly: true });
  settings = JSON.parse(readFileSync(stack.stackFile, "utf8")).settings;
}, 120_000);
afterAll(() => stack?.stop());

async function put(id: string, apiVersion: string, body: unknown): Promise<unknown> {
  const headers = { authorization: `Bearer ${await stack.ownerToken()}`, "content-type": "application/json" };
  const answer = await stack.fetchAzure(`${id}?api-version=${apiVersion}`, {
    method: "PUT",
    headers,
    body: JSON.stringify(body),
  });
  expect(answer.ok, await answer.clone().text()).toBe(true);
  return answer.json();
}

test("a rule made by hand arrives in the queue that the app listens to", async () => {
  await put(group, "2025-04-01", { location: "westeurope" });
  const { identity } = (await put(topic, "2022-06-15", {
    location: "global",
    identity: { type: "SystemAssigned" },
    properties: { source: subscription, topicType: "Microsoft.Resources.Subscriptions" },
  })) as { identity: { principalId: string } };
  await put(`${queue}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`, "2022-04-01", {
    properties: {
      roleDefinitionId: messageSender,
      principalId: identity.principalId,
      principalType: "ServicePrincipal",
    },
  });
  await put(`${topic}/eventSubscriptions/by-hand`, "2022-06-15", {
    properties: {
      deliveryWithResourceIdentity: {
        identity: { type: "SystemAssigned" },
        destination: {
          endpointType: "StorageQueue",
          properties: { resourceId: account, queueName: "network-changes" },
        },
      },
      eventDeliverySchema: "CloudEventSchemaV1_0",
      filter: { subjectEndsWith: "/securityRules/open-to-all" },
    },
  });
  await put(nsg, "2026-01-01", { location: "westeurope", properties: {} });
  await put(`${nsg}/securityRules/open-to-all`, "2026-01-01", {
    properties: {
      protocol: "Tcp",
      direction: "Inbound",
      access: "Allow",
      priority: 100,
      sourceAddressPrefix: "Internet",
      sourcePortRange: "*",
      destinationAddressPrefix: "*",
      destinationPortRange: "1433",
    },
  });
  const messages = QueueServiceClient.fromConnectionString(settings.NetworkEvents ?? "").getQueueClient(
    "network-changes",
  );
  const received: string[] = [];
  await expect
    .poll(async () => {
      const { receivedMessageItems } = await messages.receiveMessages();
      received.push(...receivedMessageItems.map(({ messageText }) => messageText));
      return received.length;
    })
    .toBe(1);
  expect(JSON.parse(Buffer.from(received[0] ?? "", "base64").toString("utf8"))).toMatchObject({
    specversion: "1.0",
    type: "Microsoft.Resources.ResourceWriteSuccess",
    source: subscription,
    subject: `${nsg}/securityRules/open-to-all`,
    data: { operationName: "Microsoft.Network/networkSecurityGroups/securityRules/write", status: "Succeeded" },
  });
});

test("the webhooks that the app is to alert stand at local Azure", async () => {
  for (const setting of ["NETWORK_ALERTS_WEBHOOK_URL", "NETWORK_ALERTS_TEAMS_URL"]) {
    const path = new URL(settings[setting] ?? "").pathname;
    expect((await stack.fetchAzure(path, { method: "POST", body: '{"text":"change"}' })).status).toBe(200);
  }
  const { value } = (await (await stack.fetchAzure("/_local/webhooks")).json()) as { value: { name: string }[] };
  expect(value.map(({ name }) => name)).toEqual(["generic", "teams"]);
});
