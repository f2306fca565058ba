import { describe, expect, it } from "vitest";
import type { AppRole } from "../../local/arm/seed/app-roles.ts";
import { rendered } from "./rendered.ts";
import { roleFiles } from "./role-files.ts";

const sampleRole = "5f1d9a3e-6c4b-4e0a-9b57-2d8c1e7f4a60";
const definitions = (file: string) =>
  rendered(file).filter(({ type }) => type === "Microsoft.Authorization/roleDefinitions");
const assignments = (file: string) =>
  rendered(file).filter(({ type }) => type === "Microsoft.Authorization/roleAssignments");
const file = (name: string): AppRole => {
  const role = roleFiles.get(name);
  if (role === undefined) throw new Error(`infra/roles has no ${name}.json`);
  return role;
};
const byId = (id: string) => [...roleFiles.values()].find((role) => role.id === id);

describe.each([
  ["main.prod.bicepparam", ["read", "provision", "hub", "logs", "flow-log-reader", "publishing", "events"]],
  ["main.bicepparam", ["read", "provision", "enforce", "hub", "addresses", "events"]],
  ["management-group-roles.bicepparam", ["read", "provision"]],
])("%s", (parameterFile, names) => {
  it("defines the roles that its parameters ask for, and no other", () => {
    expect(definitions(parameterFile).map(({ name }) => name)).toEqual(names.map((name) => file(name).id));
  });

  it("each with exactly the actions of its file", () => {
    for (const { name, properties } of definitions(parameterFile)) {
      const role = byId(name);
      expect(properties.roleName).toBe(role?.roleName);
      expect(properties.permissions).toHaveLength(1);
      const [permission] = properties.permissions;
      expect(permission.actions.toSorted(), role?.roleName).toEqual(Object.keys(role?.actions ?? {}).toSorted());
      expect(permission.dataActions.toSorted()).toEqual(Object.keys(role?.dataActions ?? {}).toSorted());
      expect([permission.notActions, permission.notDataActions]).toEqual([[], []]);
    }
  });

  it("assigns each under the condition of its file", () => {
    const assigned = new Set<string>();
    for (const { properties } of assignments(parameterFile)) {
      const id = String(properties.roleDefinitionId).split("/").at(-1) ?? "";
      const role = byId(id);
      if (role === undefined) continue; // built-in data roles on the app's own stores
      assigned.add(id);
      const configured = parameterFile === "main.bicepparam" ? "77777777-7777-4777-8777-777777777777" : sampleRole;
      expect(properties.condition).toBe(role.condition?.replaceAll(sampleRole, configured));
      expect(properties.conditionVersion).toBe(role.condition === undefined ? undefined : "2.0");
      expect(properties.principalType).toBe("ServicePrincipal");
    }
    expect([...assigned].toSorted()).toEqual(names.map((name) => file(name).id).toSorted());
  });
});

it("each role lies where its file says, and nowhere else", () => {
  const platform = "/subscriptions/aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa/resourceGroups";
  // The values of main.prod.bicepparam, by the words of `assignAt`.
  const scopes: Readonly<Record<string, readonly string[]>> = {
    subscriptions: [
      "/subscriptions/11111111-1111-1111-1111-111111111111",
      "/subscriptions/11111111-1111-1111-1111-000000000002",
    ],
    hubs: [`${platform}/rg-hub-westeurope`, `${platform}/rg-hub-northeurope`],
    logs: [`${platform}/rg-platform-logs`],
    secrets: [`${platform}/rg-platform-secrets`],
    names: [`${platform}/rg-platform-dns`],
    addresses: [],
    events: ["the account of events"],
  };
  const found = new Map<string, string[]>();
  for (const { id, properties } of assignments("main.prod.bicepparam")) {
    const role = String(properties.roleDefinitionId).split("/").at(-1) ?? "";
    found.set(role, [...(found.get(role) ?? []), scopeOf(id)]);
  }
  for (const [name, { id, assignAt }] of roleFiles) {
    const expected = name === "enforce" ? [] : assignAt.flatMap((word) => scopes[word] ?? [`unknown: ${word}`]);
    expect((found.get(id) ?? []).toSorted(), name).toEqual(expected.toSorted());
  }
});

/** Where an assignment lies, out of its id, which is an expression because only Azure knows the identity's object id. */
function scopeOf(id: string): string {
  const subscription = /^\[subscriptionResourceId\('([^']+)'/.exec(id);
  if (subscription) return `/subscriptions/${subscription[1]}`;
  const group = /^\[resourceId\('([^']+)', '([^']+)'/.exec(id);
  if (group) return `/subscriptions/${group[1]}/resourceGroups/${group[2]}`;
  return id.includes("'Microsoft.Storage/storageAccounts'") ? "the account of events" : id;
}

it("whoever may assign roles does so under a condition", () => {
  for (const [name, role] of roleFiles)
    if (Object.keys(role.actions).includes("Microsoft.Authorization/roleAssignments/write"))
      expect(role.condition, name).toBeDefined();
});

it("no role that a management group gets has data actions: Azure refuses those there", () => {
  for (const name of ["read", "provision", "enforce"]) expect(file(name).dataActions, name).toEqual({});
});

it("an installation beside another one in the tenant has roles of its own", () => {
  const [dev, prod] = ["main.dev.bicepparam", "main.prod.bicepparam"].map((parameterFile) =>
    definitions(parameterFile).map(({ name, properties }) => [name, properties.roleName] as const),
  );
  const names = new Set(prod?.flat());
  expect(dev?.flat().filter((name) => names.has(name))).toEqual([]);
});
