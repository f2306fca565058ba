import { ArmError } from "../arm-error.ts";

/** 403: no role assignment of the caller grants the action at the scope. */
export function authorizationFailed(principalId: string, action: string, scope: string): ArmError {
  return new ArmError(
    403,
    "AuthorizationFailed",
    `The client '${principalId}' with object id '${principalId}' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  );
}

const challenge = (reason: string): Record<string, string> => ({
  "www-authenticate": `Bearer authorization_uri="https://login.microsoftonline.com/", error="invalid_token", error_description="${reason}"`,
});

/** 401: no bearer token, or one that cannot be read. */
export function authenticationFailed(reason: string): ArmError {
  return new ArmError(401, "AuthenticationFailed", `Authentication failed. ${reason}`, [], challenge(reason));
}

/** 401: the token's time is over. */
export function expiredAuthenticationToken(): ArmError {
  const reason = "The access token has expired.";
  return new ArmError(401, "ExpiredAuthenticationToken", reason, [], challenge(reason));
}

/** 401: the token was made for another service, or for another cloud. */
export function invalidAudience(audience: string, allowed: readonly string[]): ArmError {
  const list = allowed.toReversed().flatMap((one) => [`'${one}/'`, `'${one}'`]);
  const reason = `The access token has been obtained for wrong audience or resource '${audience}'. It should exactly match with one of the allowed audiences ${list.join(",")}.`;
  return new ArmError(401, "InvalidAuthenticationTokenAudience", reason, [], challenge("invalid audience"));
}

/** 401: the token was made by another tenant. */
export function invalidTenant(issuerTenant: string, tenantId: string): ArmError {
  const reason = `The access token is from the wrong issuer '${issuerTenant}'. It must match the tenant '${tenantId}' associated with this subscription.`;
  return new ArmError(401, "InvalidAuthenticationTokenTenant", reason, [], challenge("invalid tenant"));
}
