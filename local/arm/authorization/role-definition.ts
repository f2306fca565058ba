import { ArmError } from "../arm-error.ts";
import { isJsonObject, type JsonObject } from "../json.ts";
import type { ResourceBody, ResourceDocument } from "../resource.ts";
import { idKey, parseResourceId } from "../resource-id.ts";
import type { ResourceType } from "../resource-type.ts";
import type { WriteContext } from "../world.ts";
import { builtInRole } from "./built-in-roles.ts";
import { roleDefinitionId } from "./role-permissions.ts";

const type = "Microsoft.Authorization/roleDefinitions";
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Custom roles. They belong to the tenant, whatever scope they are written at: one GUID, one name.
 * Source: Azure RBAC, "Azure custom roles".
 */
export const roleDefinition: ResourceType = {
  type,
  scope: "extension",
  apiVersions: ["2015-07-01", "2018-01-01-preview", "2022-04-01", "2022-05-01-preview"],
  provisioningState: false,
  storedAt: (id) => roleDefinitionId(id.name.toLowerCase()),
  list: { by: ["scope"], select: ({ world }) => world.list(type) },
  put: {
    operationName: "PutRoleDefinitionOperation",
    status: { create: 201, update: 201 },
    prepare,
  },
  remove: { operationName: "DeleteRoleDefinitionOperation", check: refuseWhileAssigned },
  view: (document) => shown(document),
};

function prepare(context: WriteContext, body: ResourceBody): ResourceBody {
  const { roleName, description, permissions, assignableScopes } = body.properties;
  const { name } = context.id;
  if (!guid.test(name))
    throw invalid("RoleDefinitionIdInvalid", `The role definition ID '${name}' is not valid. It must be a GUID.`);
  if (builtInRole(name) !== undefined) {
    throw new ArmError(403, "RoleDefinitionUpdateNotPermitted", "Built-in role definitions cannot be modified.");
  }
  if (typeof roleName !== "string" || roleName.trim() === "" || roleName.length > 512) {
    throw invalid("InvalidRoleDefinitionName", "The role definition name is missing or too long.");
  }
  refuseTakenName(context, roleName);
  const scopes = checkedScopes(context, assignableScopes);
  for (const scope of scopes) context.requireAction(scope, `${type}/write`);
  return {
    properties: {
      roleName,
      type: "CustomRole",
      description: typeof description === "string" ? description : "",
      assignableScopes: scopes,
      permissions: checkedPermissions(permissions),
      createdOn: context.existing?.body.properties.createdOn ?? context.world.now.toISOString(),
      updatedOn: context.world.now.toISOString(),
      createdBy: context.existing?.body.properties.createdBy ?? context.caller.principalId,
      updatedBy: context.caller.principalId,
    },
  };
}

function refuseTakenName({ world, id }: WriteContext, roleName: string): void {
  const taken = world
    .list(type)
    .find(
      (other) =>
        idKey(other.name) !== idKey(id.name) &&
        String(other.body.properties.roleName).toLowerCase() === roleName.toLowerCase(),
    );
  if (taken === undefined) return;
  throw new ArmError(
    409,
    "RoleDefinitionWithSameNameExists",
    `A custom role with the same name already exists in this directory. Use a different name.`,
  );
}

function checkedScopes({ world, id }: WriteContext, value: unknown): readonly string[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw invalid("MissingAssignableScopes", `The role definition '${id.name}' needs at least one assignable scope.`);
  }
  return value.map((scope) => {
    const parsed = typeof scope === "string" ? parseResourceId(scope) : undefined;
    if (parsed === undefined || parsed.kind === "tenant" || parsed.kind === "resource") {
      throw invalid("LinkedInvalidPropertyId", `The assignable scope '${String(scope)}' is invalid.`);
    }
    if (parsed.kind === "resourceGroup" && world.get(parsed.id) === undefined) {
      throw invalid("LinkedScopeNotFound", `The assignable scope '${parsed.id}' does not exist.`);
    }
    return parsed.id;
  });
}

function checkedPermissions(value: unknown): readonly JsonObject[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw invalid("InvalidRoleDefinitionPermissions", "A role definition needs permissions.");
  }
  return value.map((each) => {
    const given = isJsonObject(each) ? each : {};
    return {
      actions: checkedActions(given.actions),
      notActions: checkedActions(given.notActions),
      dataActions: checkedActions(given.dataActions),
      notDataActions: checkedActions(given.notDataActions),
    };
  });
}

function checkedActions(value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  const actions: readonly unknown[] = Array.isArray(value) ? value : [value];
  return actions.map((action) => {
    if (typeof action === "string" && (action === "*" || /^[\w.*-]+(\/[\w.*-]+)+$/.test(action))) return action;
    throw invalid(
      "InvalidActionOrNotAction",
      `'${String(action)}' does not match any of the actions supported by the providers.`,
    );
  });
}

function refuseWhileAssigned({ world, id }: WriteContext): void {
  const used = world
    .list("Microsoft.Authorization/roleAssignments")
    .some(({ body }) => String(body.properties.roleDefinitionId).toLowerCase().endsWith(`/${id.name.toLowerCase()}`));
  if (used) {
    throw invalid("RoleDefinitionHasAssignments", "There are existing role assignments referencing role.");
  }
}

/** Azure shows a role below the first subscription it can be assigned in. */
function shown(document: ResourceDocument): ResourceDocument {
  const scopes = document.properties.assignableScopes;
  const first = Array.isArray(scopes) ? parseResourceId(String(scopes[0])) : undefined;
  if (first?.subscriptionId === undefined) return document;
  return { ...document, id: `/subscriptions/${first.subscriptionId}${roleDefinitionId(document.name)}` };
}

function invalid(code: string, message: string): ArmError {
  return new ArmError(400, code, message);
}
