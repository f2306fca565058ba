import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seedProtection } from "../../../local/arm/seed/seed-protection.ts";
import {
  appPrincipal,
  firstGroup,
  firstSubscription,
  type LocalAzure,
  platformSubscription,
  startLocalAzure,
} from "../arm/local-azure.ts";
import { rolesDir } from "../arm/stored-azure.ts";
import { location, resourceGroupId } from "../azure/ports-under-test.ts";

const platform = `/subscriptions/${platformSubscription}/resourceGroups`;
const hub = `${platform}/rg-hub-westeurope/providers/Microsoft.Network`;
const storageId = `${platform}/rg-platform-logs/providers/Microsoft.Storage/storageAccounts/stflowlogswe`;
const { eventStorage: events, vault } = seedProtection;
const queue = `${events}/queueServices/default/queues/network-changes`;
const deadLetters = `${events}/blobServices/default/containers/network-changes-dead`;
const topic = `${resourceGroupId("zero-trust-shared")}/providers/Microsoft.EventGrid/systemTopics/evgt-zero-trust`;

let azure: LocalAzure;
beforeAll(async () => {
  azure = await startLocalAzure({ rolesDir });
});
afterAll(() => azure.stop());

function role(subscription: string, guid: string): string {
  return `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions/${guid}`;
}
function assignment(scope: string): string {
  return `${scope}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`;
}

describe("what the app's roles do not permit", () => {
  const owner = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
  const networkManagement = "5f1d9a3e-6c4b-4e0a-9b57-2d8c1e7f4a60";
  const networkContributor = "4d97b98b-1d4f-4787-a291-c67834d212e7";
  const blobContributor = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";
  const secretsUser = "4633458b-17de-408a-b874-0445c86b69e6";
  const queueSender = "c6a89b2d-59bc-44d0-9896-0f6e12d7b80a";
  const user = "77777777-7777-4777-8777-000000000001";
  const application = "33333333-3333-4333-8333-000000000001";
  const groupId = resourceGroupId("rg-restricted");
  const wholeSubscription = `/subscriptions/${firstSubscription}`;
  const api = "api-version=2022-04-01";

  const assign = async (as: string | undefined, scope: string, guid: string, principalId: string, type: string) => {
    const id = assignment(scope);
    const roleDefinitionId = role(scope.split("/")[2] ?? "", guid);
    const properties = { roleDefinitionId, principalId, principalType: type };
    const answer = await azure.request("PUT", `${id}?${api}`, { properties }, as === undefined ? {} : { as });
    return { id, status: answer.status };
  };
  const remove = async (id: string) =>
    (await azure.request("DELETE", `${id}?${api}`, undefined, { as: appPrincipal })).status;

  beforeAll(async () => {
    await azure.resources().resourceGroups.createOrUpdate("rg-restricted", { location });
    await azure.authorization().roleDefinitions.createOrUpdate(wholeSubscription, networkManagement, {
      roleName: "Network Management",
      permissions: [{ actions: ["Microsoft.Network/*"] }],
      assignableScopes: [wholeSubscription],
    });
  });

  test.each([
    ["Owner to itself", groupId, owner, appPrincipal, "ServicePrincipal"],
    ["Owner to a group", groupId, owner, firstGroup, "Group"],
    ["Owner on the whole subscription", wholeSubscription, owner, appPrincipal, "ServicePrincipal"],
    ["a network role to a user", groupId, networkContributor, user, "User"],
    ["a network role to an application", groupId, networkContributor, application, "ServicePrincipal"],
    ["a blob role in a spoke", groupId, blobContributor, application, "ServicePrincipal"],
    ["Owner of the logs", storageId, owner, appPrincipal, "ServicePrincipal"],
    ["a blob role to a group", storageId, blobContributor, firstGroup, "Group"],
    ["the queue's role to an application of others' accounts", storageId, queueSender, application, "ServicePrincipal"],
    ["the queue's role to a group", queue, queueSender, firstGroup, "Group"],
    ["Owner of the events' storage", events, owner, appPrincipal, "ServicePrincipal"],
    ["the queue's role in a spoke", groupId, queueSender, application, "ServicePrincipal"],
    ["the secrets' role to a group", vault, secretsUser, firstGroup, "Group"],
    ["the secrets' role in a spoke", groupId, secretsUser, application, "ServicePrincipal"],
    ["a blob role on a vault", vault, blobContributor, application, "ServicePrincipal"],
    ["Owner of a vault", vault, owner, appPrincipal, "ServicePrincipal"],
    ["a network role where the logs are", storageId, networkContributor, firstGroup, "Group"],
    [
      "a blob role outside the logs' group",
      `${platform}/rg-hub-westeurope`,
      blobContributor,
      application,
      "ServicePrincipal",
    ],
  ])("to assign %s", async (_what, scope, guid, principalId, type) => {
    expect((await assign(appPrincipal, scope, guid, principalId, type)).status).toBe(403);
  });

  test.each([
    ["a network role of a group", groupId, networkContributor, firstGroup, "Group"],
    ["the custom network role of a group", groupId, networkManagement, firstGroup, "Group"],
    ["the blob role of an application", storageId, blobContributor, application, "ServicePrincipal"],
    ["the secrets' role of an application", vault, secretsUser, application, "ServicePrincipal"],
    ["the queue's role of an application", queue, queueSender, application, "ServicePrincipal"],
    ["the blob role on the dead letters", deadLetters, blobContributor, application, "ServicePrincipal"],
  ])("but it assigns and removes %s", async (_what, scope, guid, principalId, type) => {
    const { id, status } = await assign(appPrincipal, scope, guid, principalId, type);
    expect(status).toBe(201);
    expect(await remove(id)).toBe(200);
  });

  test("to remove assignments of other roles or to other principals", async () => {
    const ofOwner = await assign(undefined, groupId, owner, firstGroup, "Group");
    const ofUser = await assign(undefined, groupId, networkContributor, user, "User");
    for (const { id, status } of [ofOwner, ofUser]) {
      expect(status).toBe(201);
      expect(await remove(id)).toBe(403);
    }
  });

  test("to write storage other than the events', or to take a subscription's topic away", async () => {
    const as = { as: appPrincipal };
    const account = { location, kind: "StorageV2", sku: { name: "Standard_ZRS" }, properties: {} };
    expect((await azure.request("PUT", `${storageId}?api-version=2026-09-01`, account, as)).status).toBe(403);
    expect((await azure.request("DELETE", `${topic}?api-version=2022-06-15`, undefined, as)).status).toBe(403);
  });

  test("to read keys, peer or see anything in the platform's other groups", async () => {
    const other = `${platform}/rg-platform-other`;
    const platformNetwork = azure.network(platformSubscription);
    await azure.resources(platformSubscription).resourceGroups.createOrUpdate("rg-platform-other", { location });
    const account = { location, kind: "StorageV2", sku: { name: "Standard_LRS" } };
    await azure.storage(platformSubscription).storageAccounts.create("rg-platform-other", "stother", account);
    await platformNetwork.virtualNetworks.createOrUpdate("rg-platform-other", "vnet", {
      location,
      addressSpace: { addressPrefixes: ["10.250.0.0/16"] },
    });
    const as = { as: appPrincipal };
    const keys = `${other}/providers/Microsoft.Storage/storageAccounts/stother/listKeys?api-version=2026-09-01`;
    expect((await azure.request("POST", keys, undefined, as)).status).toBe(403);
    const foreign = `${other}/providers/Microsoft.Network/virtualNetworks/vnet?api-version=2026-01-01`;
    expect((await azure.request("GET", foreign, undefined, as)).status).toBe(403);
    expect(
      (await azure.request("GET", `${hub}/virtualNetworks/vnet-hub-westeurope?api-version=2026-01-01`, undefined, as))
        .status,
    ).toBe(200);
  });
});
