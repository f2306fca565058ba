import type { Engine } from "../engine/engine.ts";
import type { Answer } from "../requests/arm-request.ts";
import { matchTemplate } from "../requests/path-template.ts";
import { accessToken } from "./access-token.ts";

/** A call of Microsoft Entra. */
export interface EntraCall {
  readonly method: string;
  readonly segments: readonly string[];
  readonly text: string;
}

/** The one client that has a secret. */
export interface ClientSecret {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Answers the token and discovery URLs of Microsoft Entra and AD FS; undefined where the path is none of them. */
export function answerEntraCall(engine: Engine, owner: ClientSecret, call: EntraCall): Answer | undefined {
  const { method, segments } = call;
  if (method === "GET") return discovery(engine, segments);
  if (method !== "POST") return undefined;
  for (const path of ["/{tenant}/oauth2/v2.0/token", "/{tenant}/oauth2/token"]) {
    const tenant = matchTemplate(path, segments)?.tenant;
    if (tenant !== undefined) return tokenAnswer(engine, owner, tenant, new URLSearchParams(call.text));
  }
  return undefined;
}

function discovery(engine: Engine, segments: readonly string[]): Answer | undefined {
  if (matchTemplate("/common/discovery/instance", segments) !== undefined) return instanceDiscovery(engine);
  for (const path of [
    "/{tenant}/.well-known/openid-configuration",
    "/{tenant}/v2.0/.well-known/openid-configuration",
  ]) {
    const tenant = matchTemplate(path, segments)?.tenant;
    if (tenant !== undefined) return openidConfiguration(engine, tenant);
  }
  if (matchTemplate("/{tenant}/discovery/v2.0/keys", segments) !== undefined)
    return { status: 200, body: { keys: [] } };
  return undefined;
}

function tokenAnswer(engine: Engine, owner: ClientSecret, tenant: string, form: URLSearchParams): Answer {
  if (!isTenant(engine, tenant)) return refusal(400, "invalid_request", `AADSTS90002: Tenant '${tenant}' not found.`);
  if (form.get("grant_type") !== "client_credentials") {
    return refusal(
      400,
      "unsupported_grant_type",
      `AADSTS70003: The app requested an unsupported grant type '${form.get("grant_type")}'.`,
    );
  }
  const clientId = form.get("client_id") ?? "";
  const principal = engine.directory.findByClientId(clientId);
  if (principal === undefined) {
    return refusal(
      400,
      "unauthorized_client",
      `AADSTS700016: Application with identifier '${clientId}' was not found in the directory.`,
    );
  }
  if (clientId.toLowerCase() !== owner.clientId.toLowerCase() || form.get("client_secret") !== owner.clientSecret) {
    return refusal(401, "invalid_client", "AADSTS7000215: Invalid client secret provided.");
  }
  const audience = form.get("resource") ?? (form.get("scope") ?? "").split(" ")[0]?.replace(/\/\.default$/, "") ?? "";
  if (audience === "") return refusal(400, "invalid_request", "AADSTS900144: The request body must contain 'scope'.");
  const token = accessToken(engine, principal, audience);
  const { lifetimeSeconds } = engine.tokens;
  const body = {
    token_type: "Bearer",
    expires_in: lifetimeSeconds,
    ext_expires_in: lifetimeSeconds,
    access_token: token,
  };
  return { status: 200, headers: { "cache-control": "no-store" }, body };
}

function isTenant(engine: Engine, tenant: string): boolean {
  return [engine.tenantId, "adfs", "organizations", "common"].includes(tenant.toLowerCase());
}

function openidConfiguration(engine: Engine, tenant: string): Answer {
  if (!isTenant(engine, tenant)) return refusal(400, "invalid_tenant", `AADSTS90002: Tenant '${tenant}' not found.`);
  const base = `${engine.baseUrl}/${tenant}`;
  return {
    status: 200,
    body: {
      issuer: tenant === "adfs" ? base : `${engine.baseUrl}/${engine.tenantId}/v2.0`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      token_endpoint: `${base}/oauth2/v2.0/token`,
      jwks_uri: `${base}/discovery/v2.0/keys`,
      token_endpoint_auth_methods_supported: ["client_secret_post"],
      response_types_supported: ["token"],
      subject_types_supported: ["pairwise"],
      id_token_signing_alg_values_supported: ["none"],
      tenant_region_scope: "EU",
    },
  };
}

function instanceDiscovery(engine: Engine): Answer {
  const host = new URL(engine.baseUrl).host;
  return {
    status: 200,
    body: {
      tenant_discovery_endpoint: `${engine.baseUrl}/${engine.tenantId}/v2.0/.well-known/openid-configuration`,
      "api-version": "1.1",
      metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
    },
  };
}

function refusal(status: number, error: string, description: string): Answer {
  return {
    status,
    body: { error, error_description: description, error_codes: [], timestamp: new Date().toISOString() },
  };
}
