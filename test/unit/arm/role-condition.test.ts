import { describe, expect, it } from "vitest";
import { parseRoleCondition } from "../../../local/arm/authorization/role-condition.ts";

const write = "Microsoft.Authorization/roleAssignments/write";
const role = "4d97b98b-1d4f-4787-a291-c67834d212e7";
const attribute = "@Request[Microsoft.Authorization/roleAssignments";
const onlyRole = `((!(ActionMatches{'${write}'})) OR (${attribute}:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${role}, 00000000-0000-0000-0000-000000000001}))`;
const facts = (roledefinitionid: string, action = write) => ({ action, request: { roledefinitionid }, resource: {} });

describe("role assignment conditions", () => {
  it("let only the named roles pass, and do not speak of other actions", () => {
    const condition = parseRoleCondition(onlyRole);
    expect(condition(facts(role.toUpperCase()))).toBe(true);
    expect(condition(facts("8e3af657-a8ff-443c-a75c-2fe8c4bcb635"))).toBe(false);
    expect(condition(facts("x", "Microsoft.Authorization/roleAssignments/read"))).toBe(true);
    expect(condition({ action: write, request: {}, resource: {} })).toBe(false);
  });

  it("combine and negate", () => {
    const principal = `${attribute}:PrincipalType] StringEqualsIgnoreCase 'Group'`;
    const condition = parseRoleCondition(`${onlyRole} AND ${principal}`);
    const groups = { action: write, request: { roledefinitionid: role, principaltype: "group" }, resource: {} };
    expect(condition(groups)).toBe(true);
    expect(condition({ ...groups, request: { ...groups.request, principaltype: "User" } })).toBe(false);
    expect(parseRoleCondition(`!(${principal})`)(groups)).toBe(false);
  });

  it("ask the standing assignment for deletions", () => {
    const resource = "@Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId]";
    const condition = parseRoleCondition(`${resource} ForAnyOfAllValues:GuidNotEquals {${role}}`);
    expect(condition({ action: "delete", request: {}, resource: { roledefinitionid: role } })).toBe(false);
    expect(condition({ action: "delete", request: {}, resource: { roledefinitionid: "other" } })).toBe(true);
  });

  it.each(["", "(", "ActionMatches{'a'", "@Request[a:B] Like {c}", "hello", "ActionMatches{'a'} extra"])(
    "refuse to be %j",
    (broken) => expect(() => parseRoleCondition(broken)).toThrow(SyntaxError),
  );
});
