import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { firstSubscription, type LocalAzure, startLocalAzure } from "../local-azure.ts";
import { codeOf, collect, makeGroup } from "./resources.ts";

const networkContributor = "4d97b98b-1d4f-4787-a291-c67834d212e7";
let azure: LocalAzure;
let group: string;
beforeAll(async () => {
  azure = await startLocalAzure();
  group = await makeGroup(azure, "rg-identities");
});
afterAll(() => azure.stop());

const identities = () => azure.identities().userAssignedIdentities;

/** A fresh identity may hold a role at once where nothing waits (speed 0). */
const assign = (principalId: string) =>
  azure.authorization().roleAssignments.create(group, randomUUID(), {
    principalId,
    principalType: "ServicePrincipal",
    roleDefinitionId: `/subscriptions/${firstSubscription}/providers/Microsoft.Authorization/roleDefinitions/${networkContributor}`,
  });

describe("a user-assigned identity", () => {
  test("is created, read, listed, changed and deleted", async () => {
    const made = await identities().createOrUpdate("rg-identities", "id-one", { location: "westeurope" });
    expect(made.principalId).toMatch(/^[0-9a-f-]{36}$/);
    expect(made.clientId).not.toBe(made.principalId);
    const again = await identities().createOrUpdate("rg-identities", "id-one", {
      location: "westeurope",
      tags: { owner: "platform" },
    });
    expect(again).toMatchObject({ principalId: made.principalId, tags: { owner: "platform" } });
    expect(await identities().get("rg-identities", "id-one")).toMatchObject({ clientId: made.clientId });
    expect((await collect(identities().listBySubscription())).map(({ name }) => name)).toContain("id-one");
    expect(await collect(identities().listByResourceGroup("rg-identities"))).toHaveLength(1);
    const tagged = await identities().update("rg-identities", "id-one", { tags: { owner: "orders" } });
    expect(tagged.tags).toEqual({ owner: "orders" });
    await identities().delete("rg-identities", "id-one");
    await expect(identities().get("rg-identities", "id-one")).rejects.toMatchObject({ code: "ResourceNotFound" });
    await identities().delete("rg-identities", "id-one");
  });

  test("is a principal that roles are assigned to, until it is deleted", async () => {
    const { principalId } = await identities().createOrUpdate("rg-identities", "id-role", { location: "westeurope" });
    expect(await assign(String(principalId))).toMatchObject({ principalId });
    await identities().delete("rg-identities", "id-role");
    await expect(assign(String(principalId))).rejects.toMatchObject({ code: "PrincipalNotFound" });
  });

  test("is not known everywhere at once: only a named principal type spares it the look-up (trap 22)", async () => {
    await using slow = await startLocalAzure({ speed: 1 });
    const scope = await makeGroup(slow, "rg-identities");
    const made = await slow.identities().userAssignedIdentities.createOrUpdate("rg-identities", "id-new", {
      location: "westeurope",
    });
    const put = (principalType: "ServicePrincipal" | undefined) =>
      slow.authorization().roleAssignments.create(scope, randomUUID(), {
        principalId: String(made.principalId),
        roleDefinitionId: `/subscriptions/${firstSubscription}/providers/Microsoft.Authorization/roleDefinitions/${networkContributor}`,
        ...(principalType && { principalType }),
      });
    await expect(put(undefined)).rejects.toMatchObject({ code: "PrincipalNotFound" });
    expect(await put("ServicePrincipal")).toMatchObject({ principalId: made.principalId });
  });

  test.each([
    ["no location", "id-wrong", { tags: {} }, "LocationRequired"],
    [
      "an unknown property",
      "id-wrong",
      { location: "westeurope", properties: { colour: "blue" } },
      "InvalidRequestContent",
    ],
    ["a short name", "id", { location: "westeurope" }, "InvalidResourceName"],
  ])("is refused with %s", async (_what, name, body, code) => {
    const path = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}?api-version=2024-11-30`;
    const answer = await azure.request("PUT", path, body);
    expect([answer.status, codeOf(answer.body)]).toEqual([400, code]);
  });

  test("is refused in a resource group that does not stand", async () => {
    await expect(identities().createOrUpdate("rg-missing", "id-one", { location: "westeurope" })).rejects.toMatchObject(
      { statusCode: 404, code: "ResourceGroupNotFound" },
    );
  });
});
