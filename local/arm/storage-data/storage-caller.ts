import type { Engine } from "../engine/engine.ts";
import { readToken } from "../entra/access-token.ts";
import type { Resource } from "../resource.ts";
import {
  invalidAuthenticationInfo,
  keyBasedAuthenticationNotPermitted,
  noAuthenticationInformation,
  storageNotModelled,
} from "./storage-refusal.ts";

/**
 * Object id of the principal that calls, by its bearer token. Keys and signatures are refused: by the account where it
 * takes none, and else by local Azure, whose clients come with tokens.
 * @throws StorageRefusal 401, 403, 501
 */
export function storageCaller(
  engine: Engine,
  account: Resource,
  authorization: string | undefined,
  query: URLSearchParams,
): string {
  if (query.has("sig") || /^SharedKey/i.test(authorization ?? "")) {
    if (account.body.properties.allowSharedKeyAccess === false) throw keyBasedAuthenticationNotPermitted();
    throw storageNotModelled("shared keys and shared access signatures at its own addresses: use a token");
  }
  const token = /^Bearer (.+)$/i.exec(authorization ?? "")?.[1];
  if (token === undefined) throw noAuthenticationInformation(engine.tenantId);
  const claims = readToken(token);
  const refuse = (detail: string) => invalidAuthenticationInfo(engine.tenantId, detail);
  if (claims === undefined) throw refuse("The token cannot be read.");
  const clock = Date.now() + engine.tokens.servicesAheadSeconds * 1000;
  if (claims.exp * 1000 <= clock) throw refuse("Lifetime validation failed. The token is expired.");
  if (claims.tid !== engine.tenantId) throw refuse("Issuer validation failed. Issuer did not match.");
  if (!isOfStorage(claims.aud, account.name, engine.cloud.storageSuffix))
    throw refuse("Audience validation failed. Audience did not match.");
  if (engine.directory.find(claims.oid) === undefined) throw refuse("The principal does not exist.");
  return claims.oid;
}

/** Azure Storage, "Authorize with Microsoft Entra ID", section "Microsoft Entra ID resource ID": one for all clouds. */
function isOfStorage(audience: string, account: string, suffix: string): boolean {
  const plain = audience.replace(/\/+$/, "").toLowerCase();
  const own = ["blob", "queue"].map((service) => `https://${account}.${service}.${suffix}`);
  return ["https://storage.azure.com", "e406a681-f3d4-42a8-90b6-c2b029497af1", ...own].includes(plain);
}
