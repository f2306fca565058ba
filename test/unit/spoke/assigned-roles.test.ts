import { join } from "node:path";
import { expect, test } from "vitest";
import { readAppRoles } from "../../../local/arm/seed/app-roles.ts";
import { contractRequest, platform, stateOf } from "./example.ts";

const roles = readAppRoles(join(import.meta.dirname, "../../../infra/roles"));

/** Whose condition speaks about assignments at a scope. */
function placeOf(scope: string): string {
  if (/\/vaults\//.test(scope)) return "secrets";
  if (/\/(queueServices|blobServices)\//.test(scope)) return "events";
  return /\/storageAccounts\//.test(scope) ? "logs" : "subscriptions";
}

/** The roles that desired states assign, by place, with whom they are for: `{guid} {type}`. */
function assigned(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const builtIn = { ...platform, networkManagementRole: { kind: "built-in-network-contributor" } as const };
  for (const configuration of [platform, builtIn]) {
    for (const { type, id, body } of stateOf(contractRequest, {}, configuration).resources) {
      if (type !== "Microsoft.Authorization/roleAssignments") continue;
      const place = placeOf(id.slice(0, id.lastIndexOf("/providers/Microsoft.Authorization/")));
      const of = found.get(place) ?? new Set();
      found.set(place, of.add(`${body.roleDefinitionId.split("/").at(-1)} ${body.principalType}`));
    }
  }
  return found;
}

test.each(roles.filter(({ condition }) => condition !== undefined))(
  "the condition of $roleName admits exactly the roles that spokes assign there, for writing and for removing",
  ({ assignAt, condition = "" }) => {
    const clauses = [...condition.matchAll(/GuidEquals \{([^}]+)\}.*?StringEqualsIgnoreCase \{'(\w+)'\}/g)];
    expect(clauses).toHaveLength(2);
    const wanted = assignAt.flatMap((place) => [...(assigned().get(place) ?? [])]).toSorted();
    for (const [, guids = "", principalType] of clauses) {
      expect(
        guids
          .split(/,\s*/)
          .map((guid) => `${guid} ${principalType}`)
          .toSorted(),
      ).toEqual(wanted);
    }
  },
);

test("who may assign roles is held by a condition, and nobody may define them", () => {
  for (const { roleName, actions, condition, conditionVersion } of roles) {
    const assigns = Object.keys(actions).some((action) => /roleAssignments\/(write|delete)$/.test(action));
    expect([condition !== undefined, conditionVersion === "2.0"], roleName).toEqual([assigns, assigns]);
    expect(Object.keys(actions).filter((action) => /roleDefinitions\/(write|delete)$/.test(action))).toEqual([]);
  }
});
