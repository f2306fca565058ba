import type { Principal } from "../directory.ts";
import type { Engine } from "../engine/engine.ts";
import type { TokenClaims } from "./token-claims.ts";

/** An unsigned JWT (`alg: none`) with the claims of an access token of Microsoft Entra. */
export function accessToken(
  { tenantId, tokens }: Pick<Engine, "tenantId" | "tokens">,
  principal: Principal,
  audience: string,
  now = Date.now(),
): string {
  const seconds = Math.floor(now / 1000);
  const claims = {
    aud: audience,
    iss: `https://sts.windows.net/${tenantId}/`,
    iat: seconds,
    nbf: seconds,
    exp: seconds + tokens.lifetimeSeconds,
    ...(principal.clientId === undefined ? {} : { appid: principal.clientId, appidacr: "1" }),
    idtyp: principal.principalType === "ServicePrincipal" ? "app" : "user",
    oid: principal.id,
    sub: principal.id,
    tid: tenantId,
    ver: "1.0",
    ...(principal.appRoles === undefined ? {} : { roles: principal.appRoles }),
    ...(principal.userPrincipalName === undefined ? {} : { upn: principal.userPrincipalName }),
  };
  return `${encoded({ typ: "JWT", alg: "none" })}.${encoded(claims)}.`;
}

/** The claims of a bearer token; undefined where it is none. Signatures are not looked at. */
export function readToken(token: string): TokenClaims | undefined {
  try {
    const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8")) as TokenClaims;
    const complete = [claims.tid, claims.oid, claims.aud].every((each) => typeof each === "string");
    return complete && typeof claims.exp === "number" ? claims : undefined;
  } catch {
    return undefined;
  }
}

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
