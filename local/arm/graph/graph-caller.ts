import type { Principal } from "../directory.ts";
import type { Engine } from "../engine/engine.ts";
import { readToken } from "../entra/access-token.ts";
import { GraphError } from "./graph-error.ts";

/** Application id of Microsoft Graph, in every cloud. */
const graphApplication = "00000003-0000-0000-c000-000000000000";

/**
 * The caller of a Graph call by its bearer token.
 * @throws GraphError 401 InvalidAuthenticationToken
 */
export function graphCaller(engine: Engine, authorization: string | undefined): Principal {
  const token = /^Bearer (.+)$/i.exec(authorization ?? "")?.[1];
  const claims = token === undefined ? undefined : readToken(token);
  if (claims === undefined) throw unauthenticated("Access token is empty or cannot be read.");
  const clock = Date.now() + engine.tokens.servicesAheadSeconds * 1000;
  if (claims.exp * 1000 <= clock) throw unauthenticated("Lifetime validation failed, the token is expired.");
  const audience = claims.aud.replace(/\/+$/, "");
  if (![engine.cloud.graph, graphApplication, engine.baseUrl].includes(audience)) {
    throw unauthenticated("Access token validation failure. Invalid audience.");
  }
  const principal = engine.directory.find(claims.oid);
  if (principal === undefined)
    throw unauthenticated("The identity of the calling application could not be established.");
  return principal;
}

/**
 * Demands one of several application permissions.
 * @throws GraphError 403 Authorization_RequestDenied
 */
export function demandAppRole(caller: Principal, anyOf: readonly string[]): void {
  if (anyOf.some((role) => caller.appRoles?.includes(role))) return;
  throw new GraphError(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
}

function unauthenticated(message: string): GraphError {
  return new GraphError(401, "InvalidAuthenticationToken", message);
}
