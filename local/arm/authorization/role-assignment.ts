import { ArmError } from "../arm-error.ts";
import type { Principal } from "../directory.ts";
import type { Resource, ResourceBody } from "../resource.ts";
import { idKey, isWithin, parseResourceId } from "../resource-id.ts";
import type { ResourceType } from "../resource-type.ts";
import type { WriteContext } from "../world.ts";
import { selectRoleAssignments } from "./role-assignment-filter.ts";
import { parseRoleCondition } from "./role-condition.ts";
import { roleDefinitionId, rolePermissions } from "./role-permissions.ts";

const type = "Microsoft.Authorization/roleAssignments";
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Role assignments on any scope. Sources: Azure RBAC, "Assign Azure roles using the REST API" and "Troubleshoot Azure
 * RBAC" (the refusals).
 */
export const roleAssignment: ResourceType = {
  type,
  scope: "extension",
  apiVersions: ["2015-07-01", "2018-09-01-preview", "2020-04-01-preview", "2020-08-01-preview", "2022-04-01"],
  provisioningState: false,
  list: { by: ["scope"], select: selectRoleAssignments },
  put: { operationName: "PutRoleAssignmentOperation", prepare },
  remove: { operationName: "DeleteRoleAssignmentOperation" },
};

function prepare(context: WriteContext, body: ResourceBody): ResourceBody {
  const { id, world, existing, caller } = context;
  const {
    roleDefinitionId: role,
    principalId,
    principalType,
    description,
    condition,
    conditionVersion,
  } = body.properties;
  if (!guid.test(id.name)) {
    throw invalid(
      "InvalidRoleAssignmentId",
      `The role assignment ID '${id.name}' is not valid. The role assignment ID must be a GUID.`,
    );
  }
  if (typeof principalId !== "string" || !guid.test(principalId)) {
    throw invalid(
      "InvalidPrincipalId",
      `The principal ID '${String(principalId)}' is not valid. Principal ID must be a GUID.`,
    );
  }
  const roleId = checkedRole(context, role);
  refuseChangedIdentity(existing, principalId, roleId);
  const principal = checkedPrincipal(context, principalId, principalType);
  refuseSecondAssignment(context, principalId, roleId);
  checkCondition(condition, conditionVersion);
  const now = world.now.toISOString();
  return {
    properties: {
      roleDefinitionId: roleId,
      principalId,
      principalType: principal.principalType,
      scope: id.extendedId ?? "/",
      ...(typeof condition === "string"
        ? { condition, conditionVersion }
        : { condition: null, conditionVersion: null }),
      description: typeof description === "string" ? description : null,
      createdOn: existing?.body.properties.createdOn ?? now,
      updatedOn: now,
      createdBy: existing?.body.properties.createdBy ?? caller.principalId,
      updatedBy: caller.principalId,
      delegatedManagedIdentityResourceId: null,
    },
  };
}

/** The role as Azure shows it in an assignment: below the subscription of the scope. */
function checkedRole({ id, world }: WriteContext, value: unknown): string {
  const name = typeof value === "string" ? (value.split("/").pop() ?? "") : "";
  if (typeof value !== "string" || !/\/providers\/Microsoft\.Authorization\/roleDefinitions\/[^/]+$/i.test(value)) {
    throw invalid("InvalidRoleDefinitionId", `The role definition ID '${String(value)}' is not valid.`);
  }
  if (rolePermissions(name, (roleId) => world.get(roleId)) === undefined) {
    throw new ArmError(
      404,
      "RoleDefinitionDoesNotExist",
      `The specified role definition with ID '${name}' does not exist.`,
    );
  }
  refuseForeignScope({ id, world }, name);
  const scope = id.subscriptionId === undefined ? "" : `/subscriptions/${id.subscriptionId}`;
  return `${scope}${roleDefinitionId(name.toLowerCase())}`;
}

function refuseForeignScope({ id, world }: Pick<WriteContext, "id" | "world">, role: string): void {
  const scopes = world.get(roleDefinitionId(role))?.body.properties.assignableScopes;
  const target = id.extendedId ?? "/";
  const root = `/providers/Microsoft.Management/managementGroups/${world.tenantId}`;
  const assignable = (scope: unknown) => isWithin(target, String(scope)) || idKey(String(scope)) === idKey(root);
  if (Array.isArray(scopes) && !scopes.some(assignable)) {
    throw invalid(
      "RoleDefinitionNotAssignable",
      `The role definition '${role}' cannot be assigned at the scope '${target}': it is not among its assignable scopes.`,
    );
  }
}

function checkedPrincipal({ world }: WriteContext, principalId: string, principalType: unknown): Principal {
  const principal = world.directory.find(principalId);
  // Azure looks up what it is not told, in a replica of Entra that may not know a new principal yet.
  const unknownYet = typeof principalType !== "string" && !world.directory.isReplicated(principalId);
  if (principal === undefined || unknownYet) {
    throw invalid(
      "PrincipalNotFound",
      `Principal ${principalId.replaceAll("-", "")} does not exist in the directory ${world.tenantId}. Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group.  See https://aka.ms/docs-principaltype`,
    );
  }
  const given = typeof principalType === "string" ? principalType : principal.principalType;
  if (given.toLowerCase() !== principal.principalType.toLowerCase()) {
    throw invalid(
      "UnmatchedPrincipalType",
      `The PrincipalId '${principalId}' has type '${principal.principalType}', which is different from the specified PrincipalType '${given}'.`,
    );
  }
  if (principal.principalType === "Group" && principal.securityEnabled !== true) {
    throw invalid(
      "InvalidPrincipalType",
      `The group '${principalId}' is not security-enabled; no role can be assigned to it.`,
    );
  }
  return principal;
}

function refuseChangedIdentity(existing: Resource | undefined, principalId: string, roleId: string): void {
  if (existing === undefined) return;
  const { principalId: holder, roleDefinitionId: role } = existing.body.properties;
  if (idKey(String(holder)) === idKey(principalId) && idKey(String(role)) === idKey(roleId)) return;
  throw invalid(
    "RoleAssignmentUpdateNotPermitted",
    "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.",
  );
}

function refuseSecondAssignment({ id, world }: WriteContext, principalId: string, roleId: string): void {
  const scope = idKey(id.extendedId ?? "/");
  const twin = world
    .list(type)
    .find(
      (other) =>
        idKey(parseResourceId(other.id)?.extendedId ?? "/") === scope &&
        idKey(other.name) !== idKey(id.name) &&
        idKey(String(other.body.properties.principalId)) === idKey(principalId) &&
        idKey(String(other.body.properties.roleDefinitionId)) === idKey(roleId),
    );
  if (twin !== undefined) throw new ArmError(409, "RoleAssignmentExists", "The role assignment already exists.");
}

function checkCondition(condition: unknown, version: unknown): void {
  if (condition === undefined || condition === null) return;
  if (typeof condition !== "string" || version !== "2.0") {
    throw invalid("InvalidCondition", "A condition is a text with conditionVersion '2.0'.");
  }
  try {
    parseRoleCondition(condition);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw invalid("InvalidCondition", error.message);
  }
}

function invalid(code: string, message: string): ArmError {
  return new ArmError(400, code, message);
}
