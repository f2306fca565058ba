import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readAppRoles } from "../../../local/arm/seed/app-roles.ts";
import { seedIpamPool } from "../../../local/arm/seed/seed-addresses.ts";
import { seedHubs } from "../../../local/arm/seed/seed-hubs.ts";
import { landingZones } from "../../../local/arm/seed/seed-identities.ts";
import { seedWorkspace } from "../../../local/arm/seed/seed-logs.ts";
import { seedProtection } from "../../../local/arm/seed/seed-protection.ts";
import { appPrincipal, type LocalAzure, platformSubscription, startLocalAzure } from "../arm/local-azure.ts";
import { collect } from "../arm/platform/resources.ts";
import { rolesDir } from "../arm/stored-azure.ts";

/*
 * The identity of demo and end-to-end tests holds what the files say, and nothing beside: local Azure is asked as its owner
 * would ask Azure. The stack starts it with the same folder (`local/stack/stack.ts`).
 */
const roles = readAppRoles(rolesDir);
const inGroup = (id: string) => id.split("/providers/")[0] ?? "";
const scopes: Readonly<Record<string, readonly string[]>> = {
  subscriptions: landingZones.map((id) => `/subscriptions/${id}`),
  hubs: seedHubs.map(({ virtualNetworkId }) => inGroup(virtualNetworkId)),
  logs: [inGroup(seedWorkspace.id)],
  secrets: [inGroup(seedProtection.vault)],
  names: [inGroup(seedProtection.privateDnsZone)],
  addresses: [inGroup(seedIpamPool.id)],
  events: [seedProtection.eventStorage],
};

let azure: LocalAzure;
beforeAll(async () => {
  azure = await startLocalAzure({ rolesDir });
});
afterAll(() => azure.stop());

describe.each(roles)("$roleName", (role) => {
  const id = `/providers/Microsoft.Authorization/roleDefinitions/${role.id}`;

  test("is defined with exactly its actions", async () => {
    const { roleDefinitions } = azure.authorization(platformSubscription);
    const { roleName, description, roleType, permissions } = await roleDefinitions.getById(id.slice(1));
    expect({ roleName, description, roleType }).toEqual({
      roleName: role.roleName,
      description: role.description,
      roleType: "CustomRole",
    });
    expect(permissions).toEqual([
      {
        actions: Object.keys(role.actions),
        notActions: [],
        dataActions: Object.keys(role.dataActions),
        notDataActions: [],
      },
    ]);
  });
});

test("the app holds each role where its file says, with its condition, and no other role", async () => {
  const expected = roles.flatMap((role) =>
    role.assignAt
      .flatMap((where) => scopes[where] ?? [])
      .map((scope) => ({
        role: role.id,
        scope,
        condition: role.condition ?? null,
        conditionVersion: role.conditionVersion ?? null,
      })),
  );
  const filter = `principalId eq '${appPrincipal}'`;
  const subscriptions = [platformSubscription, ...landingZones];
  const lists = await Promise.all(
    subscriptions.map((id) => collect(azure.authorization(id).roleAssignments.listForSubscription({ filter }))),
  );
  const held = lists.flat().map(({ roleDefinitionId, scope, condition, conditionVersion }) => ({
    role: roleDefinitionId?.split("/").at(-1),
    scope,
    condition: condition ?? null,
    conditionVersion: conditionVersion ?? null,
  }));
  const inOrder = (list: readonly object[]) => list.map((one) => JSON.stringify(one)).toSorted();
  expect(inOrder(held)).toEqual(inOrder(expected));
});

test("ids and names are unique, and in the spokes' subscriptions reading is a role of its own", () => {
  const unique = (list: readonly string[]) => expect(new Set(list).size).toBe(list.length);
  unique(roles.map(({ id }) => id));
  unique(roles.map(({ roleName }) => roleName));
  for (const { roleName, assignAt, actions } of roles.filter(({ assignAt }) => assignAt.includes("subscriptions"))) {
    const reads = Object.keys(actions).filter((action) => action.endsWith("/read"));
    expect(assignAt).toEqual(["subscriptions"]);
    expect(reads).toHaveLength(roleName.endsWith(" Read") ? Object.keys(actions).length : 0);
  }
});
