import { ClientSecretCredential, ManagedIdentityCredential } from "@azure/identity";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { httpsCall } from "../https-call.ts";
import { appPrincipal, firstSubscription, type LocalAzure, startLocalAzure } from "../local-azure.ts";

const scope = "https://management.azure.com/.default";
const tenantId = "99999999-9999-4999-8999-999999999999";
const subscriptions = "/subscriptions?api-version=2022-12-01";

let azure: LocalAzure;
let owner: { clientId: string; clientSecret: string };
beforeAll(async () => {
  azure = await startLocalAzure();
  owner = (await azure.control<{ owner: typeof owner }>("GET", "seed")).owner;
});
afterAll(() => azure.stop());
afterEach(() => vi.unstubAllEnvs());

const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
const codeOf = (answer: { body: unknown }) => (answer.body as { error: { code: string } }).error.code;

describe("Microsoft Entra", () => {
  it.each([tenantId, "adfs"])(
    "gives the owner's client a token through ClientSecretCredential (tenant %s)",
    async (tenant) => {
      const credential = new ClientSecretCredential(tenant, owner.clientId, owner.clientSecret, {
        authorityHost: azure.url,
        disableInstanceDiscovery: true,
        tlsOptions: { ca: azure.ca },
      });
      const { token } = await credential.getToken(scope);
      expect(claimsOf(token)).toMatchObject({
        tid: tenantId,
        appid: owner.clientId,
        aud: "https://management.azure.com",
        idtyp: "app",
      });
      const answer = await httpsCall(`${azure.url}${subscriptions}`, azure.ca, {
        headers: { authorization: `Bearer ${token}` },
      });
      expect(answer.status).toBe(200);
    },
  );

  it("answers instance discovery for its own address", async () => {
    const endpoint = encodeURIComponent(`${azure.url}/${tenantId}/oauth2/v2.0/authorize`);
    const path = `/common/discovery/instance?api-version=1.1&authorization_endpoint=${endpoint}`;
    const answer = await httpsCall(`${azure.url}${path}`, azure.ca);
    const { tenant_discovery_endpoint: next } = answer.body as { tenant_discovery_endpoint: string };
    const discovered = await httpsCall(next, azure.ca);
    expect((discovered.body as { token_endpoint: string }).token_endpoint).toBe(
      `${azure.url}/${tenantId}/oauth2/v2.0/token`,
    );
  });

  it.each([
    ["a wrong secret", { client_secret: "wrong" }, 401, "invalid_client"],
    ["an unknown client", { client_id: "00000000-0000-0000-0000-000000000000" }, 400, "unauthorized_client"],
    ["another grant", { grant_type: "password" }, 400, "unsupported_grant_type"],
  ])("refuses %s", async (_what, change, status, error) => {
    const form = {
      grant_type: "client_credentials",
      client_id: owner.clientId,
      client_secret: owner.clientSecret,
      scope,
      ...change,
    };
    const answer = await httpsCall(`${azure.url}/${tenantId}/oauth2/v2.0/token`, azure.ca, {
      method: "POST",
      text: new URLSearchParams(form).toString(),
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ error });
  });
});

describe("the managed identity endpoint of App Service", () => {
  const path = "/msi/token?api-version=2019-08-01&resource=https%3A%2F%2Fmanagement.azure.com";
  const call = (query: string, headers: Record<string, string>) =>
    httpsCall(`${azure.url}${path}${query}`, azure.ca, { headers });
  const header = () => ({ "x-identity-header": String(azure.ready.identityHeader) });

  it("serves ManagedIdentityCredential unchanged", async () => {
    vi.stubEnv("IDENTITY_ENDPOINT", String(azure.ready.identityEndpoint));
    vi.stubEnv("IDENTITY_HEADER", String(azure.ready.identityHeader));
    const credential = new ManagedIdentityCredential({
      clientId: "44444444-4444-4444-4444-444444444444",
      tlsOptions: { ca: azure.ca },
    });
    const { token, expiresOnTimestamp } = await credential.getToken(scope);
    expect(claimsOf(token)).toMatchObject({ oid: appPrincipal, appid: "44444444-4444-4444-4444-444444444444" });
    expect(expiresOnTimestamp).toBeGreaterThan(Date.now() + 3_600_000);
  });

  it("answers all that App Service answers", async () => {
    const answer = await call("", header());
    expect(answer.body).toMatchObject({
      access_token: expect.any(String),
      expires_on: expect.stringMatching(/^\d+$/),
      resource: "https://management.azure.com",
      token_type: "Bearer",
      client_id: "44444444-4444-4444-4444-444444444444",
    });
  });

  it("refuses a missing or wrong header, and another identity", async () => {
    expect((await call("", {})).status).toBe(400);
    expect((await call("", { "x-identity-header": "guess" })).status).toBe(401);
    expect((await call("&client_id=00000000-0000-0000-0000-000000000000", header())).status).toBe(400);
  });
});

describe("bearer tokens on Resource Manager", () => {
  const get = (token: string) =>
    httpsCall(`${azure.url}${subscriptions}`, azure.ca, { headers: { authorization: `Bearer ${token}` } });
  const jwt = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.`;
  const claims = {
    tid: tenantId,
    oid: appPrincipal,
    aud: "https://management.azure.com/",
    exp: Math.floor(Date.now() / 1000) + 600,
  };

  it("challenges a call without a token", async () => {
    const answer = await azure.request("GET", subscriptions, undefined, { authorized: false });
    expect([answer.status, codeOf(answer)]).toEqual([401, "AuthenticationFailed"]);
    expect(answer.headers["www-authenticate"]).toMatch(/^Bearer /);
  });

  it.each([
    ["an expired token", { exp: 1 }, "ExpiredAuthenticationToken"],
    ["a token for another audience", { aud: "https://vault.azure.net" }, "InvalidAuthenticationTokenAudience"],
    ["a token of another tenant", { tid: "00000000-0000-0000-0000-000000000000" }, "InvalidAuthenticationTokenTenant"],
    ["a token of nobody", { oid: "00000000-0000-0000-0000-000000000000" }, "AuthenticationFailed"],
  ])("refuses %s", async (_what, change, code) => {
    const answer = await get(jwt({ ...claims, ...change }));
    expect([answer.status, codeOf(answer)]).toEqual([401, code]);
  });

  it("takes the audience with and without slash, and its own address", async () => {
    for (const aud of ["https://management.azure.com", "https://management.core.windows.net/", azure.url]) {
      expect((await get(jwt({ ...claims, aud }))).status).toBe(200);
    }
    expect((await get("garbage")).status).toBe(401);
  });
});

describe("the control plane's token", () => {
  it("is the platform owner's", async () => {
    const { accessToken } = await azure.control<{ accessToken: string }>("GET", "token");
    const answer = await httpsCall(`${azure.url}/subscriptions/${firstSubscription}?api-version=2022-12-01`, azure.ca, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    expect(answer.status).toBe(200);
  });
});
