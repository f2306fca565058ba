import type { Resource } from "../resource.ts";
import { type BuiltInRole, builtInRoles } from "./built-in-roles.ts";
import { roleDefinitionId } from "./role-permissions.ts";

/** The built-in roles as resources of the store, as they are seeded. */
export function builtInRoleBodies(): readonly Pick<Resource, "id" | "body">[] {
  return builtInRoles.map((role) => ({ id: roleDefinitionId(role.id), body: { properties: properties(role) } }));
}

function properties(role: BuiltInRole): Record<string, unknown> {
  const { roleName, description, actions, notActions, dataActions, notDataActions } = role;
  return {
    roleName,
    type: "BuiltInRole",
    description,
    assignableScopes: ["/"],
    permissions: [{ actions, notActions, dataActions, notDataActions }],
  };
}
