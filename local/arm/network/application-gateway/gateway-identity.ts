import { isJsonObject, type JsonObject } from "../../json.ts";
import { parseResourceId } from "../../resource-id.ts";
import type { World, WriteContext } from "../../world.ts";
import { objectOf, wordOf } from "../json-value.ts";
import { badRequest, identityNotFound, invalidResourceReference, notModelled } from "./gateway-errors.ts";

const identityType = "Microsoft.ManagedIdentity/userAssignedIdentities";

/**
 * Reads the gateway's identity: none, or one user-assigned identity, which the caller may assign.
 * @throws ArmError 403 LinkedAuthorizationFailed, 400 FailedIdentityOperation where the identity does not stand
 */
export function readIdentity(context: WriteContext, value: unknown): JsonObject | undefined {
  const identity = objectOf(value, "identity");
  const type = wordOf(
    identity.type,
    "identity.type",
    ["None", "UserAssigned", "SystemAssigned", "SystemAssigned, UserAssigned"],
    "None",
  );
  if (type === "None") return undefined;
  if (type !== "UserAssigned") {
    throw badRequest(
      "ApplicationGatewayIdentityTypeNotSupported",
      `Identity type ${type} is not supported for Application Gateway ${context.id.id}. Only UserAssigned is supported.`,
    );
  }
  const ids = Object.keys(objectOf(identity.userAssignedIdentities, "identity.userAssignedIdentities"));
  if (ids.length !== 1) throw notModelled(`Application Gateways with ${ids.length} user-assigned identities`);
  return { type, userAssignedIdentities: Object.fromEntries(ids.map((id) => [assigned(context, id), {}])) };
}

function assigned(context: WriteContext, id: string): string {
  const parsed = parseResourceId(id);
  if (parsed?.type.toLowerCase() !== identityType.toLowerCase()) throw invalidResourceReference(id, context.id.id);
  context.requireAction(parsed.id, `${identityType}/assign/action`);
  const found = context.world.get(parsed.id);
  if (found === undefined) throw identityNotFound(context.id.id, parsed.id);
  return found.id;
}

/** The identity as a GET shows it, with the principal and client of each user-assigned one that stands. */
export function shownIdentity(world: World, identity: JsonObject | undefined): JsonObject | undefined {
  if (identity === undefined) return undefined;
  const shown = identityIds(identity).map((id) => {
    const { principalId, clientId } = world.get(id)?.body.properties ?? {};
    return [id, principalId === undefined ? {} : { principalId, clientId }];
  });
  return { ...identity, userAssignedIdentities: Object.fromEntries(shown) };
}

/** Object ids of the principals as which a gateway reads its vault; an identity that is gone has none. */
export function principalsOf(world: World, identity: JsonObject | undefined): string[] {
  return identityIds(identity).flatMap((id) => {
    const principal = world.get(id)?.body.properties.principalId;
    return typeof principal === "string" ? [principal] : [];
  });
}

function identityIds(identity: JsonObject | undefined): string[] {
  const ids = identity?.userAssignedIdentities;
  return isJsonObject(ids) ? Object.keys(ids) : [];
}
