import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readAppRoles } from "../../../../local/arm/seed/app-roles.ts";
import {
  appPrincipal,
  firstGroup,
  firstSubscription,
  type LocalAzure,
  platformSubscription,
  startLocalAzure,
} from "../local-azure.ts";

const sub = `/subscriptions/${firstSubscription}`;
const rg = `${sub}/resourceGroups/rg-access`;
const other = `${sub}/resourceGroups/rg-other`;
const groups = "api-version=2025-04-01";
const network = "api-version=2026-01-01";
const roles = "api-version=2022-04-01";
const asg = (name: string, group = rg) =>
  `${group}/providers/Microsoft.Network/applicationSecurityGroups/${name}?${network}`;
const roleId = (guid: string) => `${sub}/providers/Microsoft.Authorization/roleDefinitions/${guid}`;
const networkContributor = "4d97b98b-1d4f-4787-a291-c67834d212e7";
const reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
const contributor = "b24988ac-6180-42a0-ab88-20f7382dd24c";
const user = "77777777-7777-4777-8777-000000000001";
const outsider = "77777777-7777-4777-8777-000000000009";
const here = { location: "westeurope" };

let azure: LocalAzure;
beforeAll(async () => {
  azure = await startLocalAzure();
  for (const group of [rg, other]) await azure.request("PUT", `${group}?${groups}`, here);
});
afterAll(() => azure.stop());

const codeOf = (answer: { body: unknown }) => (answer.body as { error?: { code: string } }).error?.code;
const assign = (
  scope: string,
  role: string,
  principalId: string,
  principalType?: string,
  extra = {},
  name: string = randomUUID(),
) =>
  azure.request(
    "PUT",
    `${scope === "/" ? "" : scope}/providers/Microsoft.Authorization/roleAssignments/${name}?${roles}`,
    {
      properties: {
        roleDefinitionId: roleId(role),
        principalId,
        ...(principalType === undefined ? {} : { principalType }),
        ...extra,
      },
    },
  );

describe("access by role assignments", () => {
  it("is refused without one, with Azure's words", async () => {
    const answer = await azure.request("PUT", asg("a"), here, { as: outsider });
    expect([answer.status, codeOf(answer)]).toEqual([403, "AuthorizationFailed"]);
    expect(answer.text).toContain(
      `The client '${outsider}' with object id '${outsider}' does not have authorization to perform action 'Microsoft.Network/applicationSecurityGroups/write' over scope '${rg}/providers/Microsoft.Network/applicationSecurityGroups/a'`,
    );
  });

  it("counts at its scope and below, for members of the group, until it goes", async () => {
    const name = randomUUID();
    await assign(rg, networkContributor, firstGroup, "Group", {}, name);
    expect((await azure.request("PUT", asg("a"), here, { as: user })).status).toBe(201);
    expect((await azure.request("PUT", asg("a", other), here, { as: user })).status).toBe(403);
    expect((await azure.request("GET", `${sub}?${groups}`, undefined, { as: user })).status).toBe(403);
    await azure.authorization().roleAssignments.delete(rg, name);
    expect((await azure.request("PUT", asg("a"), here, { as: user })).status).toBe(403);
  });

  it("is inherited from the tenant's root management group", async () => {
    const root = "/providers/Microsoft.Management/managementGroups/99999999-9999-4999-8999-999999999999";
    await assign(root, reader, "77777777-7777-4777-8777-000000000005", "User");
    const as = "77777777-7777-4777-8777-000000000005";
    expect((await azure.request("GET", `${sub}?${groups}`, undefined, { as })).status).toBe(200);
    expect((await azure.request("PUT", asg("a"), here, { as })).status).toBe(403);
  });

  it("leaves out notActions: a Contributor assigns no roles", async () => {
    await assign(other, contributor, "77777777-7777-4777-8777-000000000004", "User");
    const as = "77777777-7777-4777-8777-000000000004";
    expect((await azure.request("PUT", asg("mine", other), here, { as })).status).toBe(201);
    const path = `${other}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}?${roles}`;
    const answer = await azure.request(
      "PUT",
      path,
      { properties: { roleDefinitionId: roleId(reader), principalId: user } },
      { as },
    );
    expect([answer.status, codeOf(answer)]).toEqual([403, "AuthorizationFailed"]);
  });

  it("demands the right to join what a body refers to", async () => {
    const role = randomUUID();
    await azure.authorization().roleDefinitions.createOrUpdate(sub, role, {
      roleName: "Writes networks, joins nothing",
      permissions: [{ actions: ["Microsoft.Network/virtualNetworks/*"] }],
      assignableScopes: [sub],
    });
    const as = "77777777-7777-4777-8777-000000000006";
    await assign(rg, role, as, "User");
    const nsg = await azure.network().networkSecurityGroups.createOrUpdate("rg-access", "nsg", here);
    const subnet = { name: "one", properties: { addressPrefix: "10.20.0.0/26", networkSecurityGroup: { id: nsg.id } } };
    const body = { ...here, properties: { addressSpace: { addressPrefixes: ["10.20.0.0/22"] }, subnets: [subnet] } };
    const path = `${rg}/providers/Microsoft.Network/virtualNetworks/vnet?${network}`;
    const refused = await azure.request("PUT", path, body, { as });
    expect([refused.status, codeOf(refused)]).toEqual([403, "LinkedAuthorizationFailed"]);
    expect(refused.text).toContain("Microsoft.Network/networkSecurityGroups/join/action");
    await assign(nsg.id ?? "", networkContributor, as, "User");
    expect((await azure.request("PUT", path, body, { as })).status).toBe(201);
  });
});

describe("role assignments", () => {
  it("go through the SDK client: create, get, list, delete", async () => {
    const client = azure.authorization().roleAssignments;
    const name = randomUUID();
    const created = await client.create(rg, name, {
      roleDefinitionId: roleId(reader),
      principalId: firstGroup,
      principalType: "Group",
    });
    expect(created).toMatchObject({ name, scope: rg, principalId: firstGroup, principalType: "Group" });
    expect(created.id).toBe(`${rg}/providers/Microsoft.Authorization/roleAssignments/${name}`);
    expect((await client.create(rg, name, { roleDefinitionId: roleId(reader), principalId: firstGroup })).id).toBe(
      created.id,
    );
    expect((await client.getById(created.id ?? "")).name).toBe(name);
    await client.delete(rg, name);
    await expect(client.get(rg, name)).rejects.toMatchObject({ statusCode: 404 });
    await expect(client.delete(rg, name)).resolves.not.toHaveProperty("id");
  });

  it.each([
    ["the same principal and role under another name", { principalId: firstGroup }, 409, "RoleAssignmentExists"],
    ["a principal that does not exist", { principalId: randomUUID() }, 400, "PrincipalNotFound"],
    ["another kind of principal", { principalId: user, principalType: "Group" }, 400, "UnmatchedPrincipalType"],
    ["a Microsoft 365 group", { principalId: "22222222-2222-2222-2222-000000000365" }, 400, "InvalidPrincipalType"],
    ["a role that does not exist", { principalId: user, role: randomUUID() }, 404, "RoleDefinitionDoesNotExist"],
    ["no GUID for the principal", { principalId: "me" }, 400, "InvalidPrincipalId"],
    [
      "a condition that cannot be read",
      { principalId: user, extra: { condition: "@@", conditionVersion: "2.0" } },
      400,
      "InvalidCondition",
    ],
  ] as const)("refuse %s", async (_what, wrong, status, code) => {
    await assign(other, networkContributor, firstGroup, "Group");
    const given = { role: networkContributor, principalType: undefined, extra: {}, ...wrong };
    const answer = await assign(other, given.role, given.principalId, given.principalType, given.extra);
    expect([answer.status, codeOf(answer)]).toEqual([status, code]);
  });

  it("refuse another principal under the same name", async () => {
    const name = randomUUID();
    await assign(rg, reader, user, "User", {}, name);
    const changed = await assign(rg, reader, outsider, "User", {}, name);
    expect([changed.status, codeOf(changed)]).toEqual([400, "RoleAssignmentUpdateNotPermitted"]);
    const noGuid = await assign(rg, reader, outsider, "User", {}, "not-a-guid");
    expect([noGuid.status, codeOf(noGuid)]).toEqual([400, "InvalidRoleAssignmentId"]);
  });

  it("are listed at, above and below a scope, or filtered", async () => {
    const at = `${sub}/resourceGroups/rg-listed`;
    await azure.request("PUT", `${at}?${groups}`, here);
    await azure.request("PUT", asg("a", at), here);
    await assign(at, reader, firstGroup, "Group");
    await assign(asg("a", at).split("?")[0] ?? "", reader, "77777777-7777-4777-8777-000000000002", "User");
    const list = async (filter: string) => {
      const query = filter === "" ? roles : `${roles}&$filter=${encodeURIComponent(filter)}`;
      const answer = await azure.request("GET", `${at}/providers/Microsoft.Authorization/roleAssignments?${query}`);
      const value = (answer.body as { value?: { properties: { scope: string; principalId: string } }[] }).value ?? [];
      return value.map(({ properties }) => properties.principalId);
    };
    const owner = "99999999-0000-4000-8000-000000000002";
    expect(new Set(await list(""))).toEqual(new Set([owner, firstGroup, "77777777-7777-4777-8777-000000000002"]));
    expect(new Set(await list("atScope()"))).toEqual(new Set([owner, firstGroup]));
    expect(await list(`principalId eq '${user}'`)).toEqual([]);
    expect(await list(`assignedTo('${user}')`)).toEqual([firstGroup]);
    expect(await list(`atScope() and principalId eq '${firstGroup}'`)).toEqual([firstGroup]);
    const unknown = await azure.request(
      "GET",
      `${at}/providers/Microsoft.Authorization/roleAssignments?${roles}&$filter=x`,
    );
    expect(unknown.status).toBe(400);
  });

  it("hold their holder to the condition", async () => {
    const admin = "f58310d9-a9f6-439a-9e8d-f62e7b41a168";
    const as = "77777777-7777-4777-8777-000000000007";
    const condition = `((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${networkContributor}}))`;
    const given = await assign(rg, admin, as, "User", { condition, conditionVersion: "2.0" });
    expect(given.body).toMatchObject({ properties: { condition, conditionVersion: "2.0" } });
    const put = (role: string) =>
      azure.request(
        "PUT",
        `${rg}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}?${roles}`,
        { properties: { roleDefinitionId: roleId(role), principalId: "66666666-6666-4666-8666-666666666666" } },
        { as },
      );
    expect((await put(networkContributor)).status).toBe(201);
    expect(codeOf(await put("8e3af657-a8ff-443c-a75c-2fe8c4bcb635"))).toBe("AuthorizationFailed");
  });
});

describe("role definitions", () => {
  const permissions = [{ actions: ["*/read", "Microsoft.Network/*"] }];

  it("answer 201 always, are one in the tenant, and have unique names", async () => {
    const client = azure.authorization().roleDefinitions;
    const guid = randomUUID();
    const scopes = [sub, `/subscriptions/${platformSubscription}`];
    const body = { roleName: "Network Management", permissions, assignableScopes: scopes };
    await client.createOrUpdate(sub, guid, body);
    await client.createOrUpdate(sub, guid, { ...body, description: "changed" });
    const elsewhere = await client.get(`/subscriptions/${platformSubscription}`, guid);
    expect(elsewhere).toMatchObject({ name: guid, description: "changed", roleType: "CustomRole" });
    await expect(client.createOrUpdate(sub, randomUUID(), body)).rejects.toMatchObject({
      statusCode: 409,
      code: "RoleDefinitionWithSameNameExists",
    });
  });

  it("refuse wrong shapes, built-in names, and their deletion while assigned", async () => {
    const client = azure.authorization().roleDefinitions;
    const put = (change: object, name: string = randomUUID()) =>
      client.createOrUpdate(sub, name, { roleName: `r-${name}`, permissions, assignableScopes: [sub], ...change });
    await expect(put({ assignableScopes: [] })).rejects.toMatchObject({ code: "MissingAssignableScopes" });
    await expect(put({ assignableScopes: ["/"] })).rejects.toMatchObject({ code: "LinkedInvalidPropertyId" });
    await expect(put({ permissions: [{ actions: ["nonsense action"] }] })).rejects.toMatchObject({
      code: "InvalidActionOrNotAction",
    });
    await expect(put({}, "no-guid")).rejects.toMatchObject({ code: "RoleDefinitionIdInvalid" });
    await expect(put({}, reader)).rejects.toMatchObject({ statusCode: 403 });
    const guid = randomUUID();
    await put({}, guid);
    await assign(rg, guid, user, "User");
    await expect(client.delete(sub, guid)).rejects.toMatchObject({ code: "RoleDefinitionHasAssignments" });
    const foreign = await assign(`/subscriptions/${platformSubscription}`, guid, user, "User");
    expect(codeOf(foreign)).toBe("RoleDefinitionNotAssignable");
  });

  it("list the built-in roles with Azure's ids", async () => {
    const names = new Map<string, string>();
    for await (const role of azure.authorization().roleDefinitions.list(sub))
      names.set(role.roleName ?? "", role.name ?? "");
    expect(names.get("Network Contributor")).toBe(networkContributor);
    expect(names.get("Storage Blob Data Contributor")).toBe("ba92f5b4-2d11-453d-a403-e96b0029c9fe");
  });
});

describe("management locks", () => {
  const lock = (level: string) =>
    azure.request("PUT", `${other}/providers/Microsoft.Authorization/locks/keep?api-version=2020-05-01`, {
      properties: { level },
    });

  it("forbid deletion below, and writes too where they are ReadOnly", async () => {
    await azure.request("PUT", asg("locked", other), here);
    await lock("CanNotDelete");
    for (const path of [asg("locked", other), `${other}?${groups}`]) {
      const answer = await azure.request("DELETE", path);
      expect([answer.status, codeOf(answer)]).toEqual([409, "ScopeLocked"]);
    }
    expect((await azure.request("PUT", asg("locked", other), here)).status).toBe(200);
    await lock("ReadOnly");
    expect(codeOf(await azure.request("PUT", asg("locked", other), here))).toBe("ScopeLocked");
    expect((await azure.request("GET", asg("locked", other))).status).toBe(200);
    await azure.request("DELETE", `${other}/providers/Microsoft.Authorization/locks/keep?api-version=2020-05-01`);
    expect((await azure.request("DELETE", asg("locked", other))).status).toBe(202);
    expect(codeOf(await lock("Sometimes"))).toBe("InvalidLockLevel");
  });
});

describe("the app's custom roles", () => {
  it("are defined and assigned where they say", async () => {
    const rolesDir = await mkdtemp(join(tmpdir(), "roles-"));
    const id = "bbbbbbbb-0000-4000-8000-000000000001";
    const reason = "to see it";
    const actions = {
      "Microsoft.Resources/subscriptions/read": reason,
      "Microsoft.Resources/subscriptions/resourceGroups/read": reason,
    };
    const role = { id, roleName: "Reads", description: "d", actions, dataActions: {}, assignAt: ["subscriptions"] };
    await writeFile(join(rolesDir, "a.json"), JSON.stringify(role));
    await using small = await startLocalAzure({ rolesDir });
    const as = appPrincipal;
    expect((await small.request("GET", `${sub}?${groups}`, undefined, { as })).status).toBe(200);
    expect(
      (await small.request("GET", `/subscriptions/${platformSubscription}?${groups}`, undefined, { as })).status,
    ).toBe(403);
    expect((await small.request("PUT", `${rg}?${groups}`, here, { as })).status).toBe(403);
    for (const broken of [
      { id: "x" },
      { ...role, actions: { "Microsoft.Network/*": reason } },
      { ...role, actions: { "*": reason } },
      { ...role, notActions: [] },
    ]) {
      await writeFile(join(rolesDir, "b.json"), JSON.stringify(broken));
      expect(() => readAppRoles(rolesDir)).toThrow(/b\.json is no role/);
    }
    await expect(startLocalAzure({ rolesDir })).rejects.toThrow("exit code 1");
    await rm(rolesDir, { recursive: true });
  });
});
