import type { Engine } from "../engine/engine.ts";
import type { Answer } from "../requests/arm-request.ts";
import { accessToken } from "./access-token.ts";

/** The identity whose tokens the endpoint hands out, and the secret that a caller must show. */
export interface IdentityEndpoint {
  readonly identityHeader: string;
  readonly clientId: string;
}

/**
 * `GET /msi/token`, the managed identity endpoint of App Service. Source: Azure App Service, "How to use managed
 * identities", section "Connect to Azure services in app code", REST endpoint reference.
 */
export function answerIdentityCall(
  engine: Engine,
  endpoint: IdentityEndpoint,
  query: URLSearchParams,
  header: string | undefined,
): Answer {
  if (header === undefined) return refusal(400, "The request does not contain the X-IDENTITY-HEADER header.");
  if (header !== endpoint.identityHeader) return refusal(401, "The X-IDENTITY-HEADER header is invalid.");
  if (query.get("api-version") !== "2019-08-01") return refusal(400, "Unsupported api-version.");
  const resource = query.get("resource");
  if (resource === null || resource === "") return refusal(400, "The resource parameter is missing.");
  const principal = engine.directory.findByClientId(endpoint.clientId);
  const wanted = query.get("client_id") ?? query.get("clientid") ?? principal?.clientId;
  const object = query.get("principal_id") ?? query.get("object_id") ?? principal?.id;
  if (principal === undefined || query.has("mi_res_id") || wanted !== principal.clientId || object !== principal.id) {
    return refusal(
      400,
      "No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.",
    );
  }
  const expires = Math.floor(Date.now() / 1000) + engine.tokens.lifetimeSeconds;
  return {
    status: 200,
    body: {
      access_token: accessToken(engine, principal, resource),
      expires_on: String(expires),
      resource,
      token_type: "Bearer",
      client_id: principal.clientId,
    },
  };
}

function refusal(statusCode: number, message: string): Answer {
  return { status: statusCode, body: { statusCode, message, correlationId: null } };
}
