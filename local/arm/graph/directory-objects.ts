import type { Principal, PrincipalType } from "../directory.ts";
import type { Engine } from "../engine/engine.ts";
import { demandAppRole } from "./graph-caller.ts";
import { GraphError } from "./graph-error.ts";

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Application permissions that let read each kind of object. Source: Microsoft Graph permissions reference. */
const readPermissions: Readonly<Record<PrincipalType, readonly string[]>> = {
  Group: ["Group.Read.All", "GroupMember.Read.All", "Group.ReadWrite.All", "Directory.Read.All"],
  User: ["User.ReadBasic.All", "User.Read.All", "Directory.Read.All"],
  ServicePrincipal: ["Application.Read.All", "Directory.Read.All"],
};

/**
 * An object of the directory, of one kind or of any.
 * @throws GraphError 400 Request_BadRequest, 403 Authorization_RequestDenied, 404 Request_ResourceNotFound
 */
export function directoryObject(
  engine: Engine,
  caller: Principal,
  id: string,
  kind: PrincipalType | undefined,
): Record<string, unknown> {
  if (kind !== undefined) demandAppRole(caller, readPermissions[kind]);
  if (!guid.test(id)) throw new GraphError(400, "Request_BadRequest", `Invalid object identifier '${id}'.`);
  const principal = engine.directory.find(id);
  if (principal === undefined || (kind !== undefined && principal.principalType !== kind)) {
    if (kind === undefined) demandAppRole(caller, ["Directory.Read.All", ...Object.values(readPermissions).flat()]);
    const message = `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`;
    throw new GraphError(404, "Request_ResourceNotFound", message);
  }
  if (kind === undefined) demandAppRole(caller, readPermissions[principal.principalType]);
  return shown(principal);
}

/** The direct members of a group. */
export function groupMembers(engine: Engine, caller: Principal, id: string): readonly Record<string, unknown>[] {
  directoryObject(engine, caller, id, "Group");
  const members = engine.directory.find(id)?.members ?? [];
  return members
    .map((member) => engine.directory.find(member))
    .filter((each) => each !== undefined)
    .map(shown);
}

function shown(principal: Principal): Record<string, unknown> {
  const { id, displayName } = principal;
  if (principal.principalType === "Group") {
    const unified = principal.groupTypes?.includes("Unified") === true;
    return {
      "@odata.type": "#microsoft.graph.group",
      id,
      displayName,
      groupTypes: principal.groupTypes ?? [],
      mailEnabled: unified,
      mailNickname: displayName.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-"),
      securityEnabled: principal.securityEnabled === true,
      visibility: null,
    };
  }
  if (principal.principalType === "User") {
    const { userPrincipalName } = principal;
    return { "@odata.type": "#microsoft.graph.user", id, displayName, userPrincipalName, mail: userPrincipalName };
  }
  return {
    "@odata.type": "#microsoft.graph.servicePrincipal",
    id,
    displayName,
    appId: principal.clientId,
    servicePrincipalType: principal.servicePrincipalType ?? "Application",
    accountEnabled: true,
  };
}
