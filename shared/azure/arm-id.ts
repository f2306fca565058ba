import { RefusedError } from "../domain/errors.ts";
import { type ResourceId, tryParseResourceId } from "../domain/resource-id.ts";

/** Names in the id of a resource that lies in a resource group; `parent` is "" for a top-level resource. */
export interface ArmPath {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly parent: string;
  readonly name: string;
}

/**
 * Names of a resource group, of a resource in one, or of a child of such a resource, as the SDK's operations take them.
 * @throws RefusedError (InvalidResourceId) where the id is none of these
 */
export function parseArmPath(id: string): ArmPath {
  const { subscriptionId, resourceGroup, names, name } = parsed(id);
  if (subscriptionId === null || resourceGroup === null || names.length > 2) throw invalidId(id);
  return { subscriptionId, resourceGroup, parent: names.length === 2 ? (names[0] ?? "") : "", name };
}

/** Id of a resource that extends a scope: a role assignment, a role definition, a diagnostic setting. */
export interface ExtensionPath {
  /** Without the leading slash, because the SDK puts one before it; "" is the tenant's root. */
  readonly scope: string;
  readonly name: string;
}

/** @throws RefusedError (InvalidResourceId) where the id extends nothing */
export function parseExtensionPath(id: string): ExtensionPath {
  const { parentId, name } = parsed(id);
  return { scope: withoutLeadingSlash(parentId), name };
}

/** The SDKs for authorization and monitoring put a slash before what they are given. */
export function withoutLeadingSlash(id: string): string {
  return id.replace(/^\/+/, "");
}

/** Whether Azure means the same by two ids, names or GUIDs: it compares them without regard to case. */
export function isSame(one: string | undefined, other: string | undefined): boolean {
  return one?.toLowerCase() === other?.toLowerCase();
}

function parsed(id: string): ResourceId {
  const resourceId = tryParseResourceId(id);
  if (resourceId === null) throw invalidId(id);
  return resourceId;
}

function invalidId(id: string): RefusedError {
  return new RefusedError({
    code: "InvalidResourceId",
    message: `"${id}" is not the id of a resource of the expected form.`,
    resourceId: id,
    remedy: "Correct the id in the platform configuration or the request.",
  });
}
