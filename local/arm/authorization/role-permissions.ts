import { isJsonObject } from "../json.ts";
import type { Resource } from "../resource.ts";
import { builtInRole, type RolePermissions } from "./built-in-roles.ts";

/** Where custom role definitions are stored, whatever scope they were written at: names are the tenant's. */
export function roleDefinitionId(guid: string): string {
  return `/providers/Microsoft.Authorization/roleDefinitions/${guid}`;
}

/** The permissions of a built-in or custom role; undefined where the tenant has no such role. */
export function rolePermissions(
  guid: string,
  custom: (id: string) => Resource | undefined,
): readonly RolePermissions[] | undefined {
  const builtIn = builtInRole(guid);
  if (builtIn !== undefined) return [builtIn];
  const permissions = custom(roleDefinitionId(guid))?.body.properties.permissions;
  return Array.isArray(permissions) ? permissions.filter(isJsonObject).map(permissionsOf) : undefined;
}

function permissionsOf(value: Record<string, unknown>): RolePermissions {
  return {
    actions: strings(value.actions),
    notActions: strings(value.notActions),
    dataActions: strings(value.dataActions),
    notDataActions: strings(value.notDataActions),
  };
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
