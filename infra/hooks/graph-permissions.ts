import type { PlatformConfiguration } from "../../shared/domain/platform-configuration.ts";
import type { GraphClient } from "./graph-client.ts";

/** Application id of Microsoft Graph itself, the same in every tenant. */
const graphAppId = "00000003-0000-0000-c000-000000000000";

/** Application permissions of Microsoft Graph that the app needs (README, "Rights"). */
export function graphPermissionsOf({ conditionalAccess }: Pick<PlatformConfiguration, "conditionalAccess">): string[] {
  return [
    "Group.Read.All", // whether network managers are a security group
    "User.ReadBasic.All", // says that it is a user and no group
    "Application.Read.All", // says that it is an application and no group; the application that a policy covers
    ...(conditionalAccess === null ? [] : ["Policy.Read.All"]),
    ...(conditionalAccess?.mode === "create" ? ["Policy.ReadWrite.ConditionalAccess"] : []),
  ];
}

interface Assignment {
  readonly appRoleId: string;
  readonly resourceId: string;
}

/**
 * Gives the identity the permissions that it lacks, and takes none away.
 * @returns what was given, and what the identity holds beyond them: somebody else gave it, and should say why.
 */
export async function ensureGraphPermissions(
  graph: GraphClient,
  principalId: string,
  permissions: readonly string[],
): Promise<{ readonly given: string[]; readonly beyond: string[] }> {
  const resource = await graph.find<{ id: string; appRoles: { id: string; value: string }[] }>(
    `/servicePrincipals(appId='${graphAppId}')`,
  );
  if (resource === null) throw new Error("The tenant has no service principal of Microsoft Graph");
  const nameOf = new Map(resource.appRoles.map(({ id, value }) => [id, value]));
  const path = `/servicePrincipals/${principalId}/appRoleAssignments`;
  const held = ((await graph.find<{ value: Assignment[] }>(path))?.value ?? [])
    .filter(({ resourceId }) => resourceId === resource.id)
    .map(({ appRoleId }) => nameOf.get(appRoleId) ?? appRoleId);
  const given = permissions.filter((permission) => !held.includes(permission));
  for (const permission of given) {
    const appRoleId = resource.appRoles.find(({ value }) => value === permission)?.id;
    if (appRoleId === undefined) throw new Error(`Microsoft Graph knows no permission ${permission}`);
    await graph.write("POST", path, { principalId, resourceId: resource.id, appRoleId });
  }
  return { given, beyond: held.filter((permission) => !permissions.includes(permission)) };
}
