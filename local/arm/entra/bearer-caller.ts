import type { Engine } from "../engine/engine.ts";
import {
  authenticationFailed,
  expiredAuthenticationToken,
  invalidAudience,
  invalidTenant,
} from "../errors/authorization-errors.ts";
import type { Caller } from "../world.ts";
import { readToken } from "./access-token.ts";

/**
 * The caller of a Resource Manager call by its bearer token. Accepted audiences: the cloud's, and local Azure's own
 * address.
 * @throws ArmError 401
 */
export function bearerCaller(engine: Engine, authorization: string | undefined): Caller {
  const token = /^Bearer (.+)$/i.exec(authorization ?? "")?.[1];
  if (token === undefined) throw authenticationFailed("The 'Authorization' header is missing.");
  const claims = readToken(token);
  if (claims === undefined) throw authenticationFailed("The access token is invalid.");
  const clock = Date.now() + engine.tokens.servicesAheadSeconds * 1000;
  if (claims.exp * 1000 <= clock) throw expiredAuthenticationToken();
  if (claims.tid !== engine.tenantId) throw invalidTenant(claims.tid, engine.tenantId);
  const audience = claims.aud.replace(/\/+$/, "");
  const audiences: readonly string[] = engine.cloud.resourceManagerAudiences;
  if (![...audiences, engine.baseUrl].includes(audience)) throw invalidAudience(claims.aud, audiences);
  if (engine.directory.find(claims.oid) === undefined) throw authenticationFailed("The principal does not exist.");
  return { principalId: claims.oid, clientId: claims.appid };
}
