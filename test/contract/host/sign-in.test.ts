import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type HostProcess, startHostProcess, temporaryFolder } from "./host-process.ts";

const users = {
  operator: { objectId: "o-1", name: "Olga", roles: ["Read", "Operate"], groups: ["g-1", "g-2"], tenantId: "t" },
  reader: { objectId: "r-1", name: "Renée Ł", roles: ["Read"], groups: [], tenantId: "t" },
};

const objectIdClaim = "http://schemas.microsoft.com/identity/claims/objectidentifier";
const tenantClaim = "http://schemas.microsoft.com/identity/claims/tenantid";

async function headersAt(host: HostProcess, headers: Record<string, string>): Promise<Record<string, string>> {
  const response = await fetch(`${host.url}/api/describe/x`, { headers });
  return ((await response.json()) as { headers: Record<string, string> }).headers;
}

function identityOf(headers: Record<string, string>): string[] {
  return Object.keys(headers).filter((name) => name.startsWith("x-ms-client-principal") || name === "x-local-user");
}

const forged = {
  "x-ms-client-principal": "Zm9yZ2Vk",
  "X-MS-CLIENT-PRINCIPAL-ID": "forged",
  "x-ms-client-principal-other": "forged",
};

describe("with a sign-in file", () => {
  let host: HostProcess;
  beforeAll(async () => {
    const signInFile = join(temporaryFolder(), "users.json");
    writeFileSync(signInFile, JSON.stringify({ default: "operator", users }));
    host = await startHostProcess({ fixture: "triggers", signInFile });
  });
  afterAll(() => host.stop());

  it("signs the default user in", async () => {
    const headers = await headersAt(host, forged);
    expect(identityOf(headers).sort()).toEqual([
      "x-ms-client-principal",
      "x-ms-client-principal-id",
      "x-ms-client-principal-idp",
      "x-ms-client-principal-name",
    ]);
    expect(headers).toMatchObject({
      "x-ms-client-principal-id": "o-1",
      "x-ms-client-principal-name": "Olga",
      "x-ms-client-principal-idp": "aad",
    });
    const principal: unknown = JSON.parse(Buffer.from(headers["x-ms-client-principal"] ?? "", "base64").toString());
    expect(principal).toEqual({
      auth_typ: "aad",
      name_typ: "name",
      role_typ: "roles",
      claims: [
        { typ: objectIdClaim, val: "o-1" },
        { typ: tenantClaim, val: "t" },
        { typ: "name", val: "Olga" },
        { typ: "roles", val: "Read" },
        { typ: "roles", val: "Operate" },
        { typ: "groups", val: "g-1" },
        { typ: "groups", val: "g-2" },
      ],
    });
  });

  it("signs the named user in, whatever letters the name has", async () => {
    const headers = await headersAt(host, { "x-local-user": "reader" });
    expect(headers["x-ms-client-principal-name"]).toBe("Ren%C3%A9e %C5%81");
    expect(Buffer.from(headers["x-ms-client-principal"] ?? "", "base64").toString()).toContain("Renée Ł");
  });

  it("lets anonymous through without an identity, also a forged one", async () => {
    expect(identityOf(await headersAt(host, { ...forged, "x-local-user": "anonymous" }))).toEqual([]);
  });

  it.each([["nobody"], ["__proto__"], [""], ["Reader"]])("refuses %j", async (user) => {
    const response = await fetch(`${host.url}/api/plain`, { headers: { "x-local-user": user } });
    expect(response.status).toBe(401);
  });

  it("tells the app that authentication is on", async () => {
    const response = await fetch(`${host.url}/api/settings`);
    expect(await response.json()).toMatchObject({ WEBSITE_AUTH_ENABLED: "True" });
  });
});

describe("a sign-in file", () => {
  it.each([
    ["whose default is nobody", { default: "nobody", users }],
    ["with a user of another shape", { default: "operator", users: { operator: { objectId: "o" } } }],
  ])("%s ends the host", async (_, content) => {
    const signInFile = join(temporaryFolder(), "users.json");
    writeFileSync(signInFile, JSON.stringify(content));
    await expect(startHostProcess({ fixture: "triggers", signInFile })).rejects.toThrow("ZodError");
  });
});

describe("without a sign-in file", () => {
  it("lets through what a caller claims, and tells the app that authentication is off", async () => {
    const host = await startHostProcess({ fixture: "triggers", environment: { WEBSITE_AUTH_ENABLED: "True" } });
    const headers = await headersAt(host, { ...forged, "x-local-user": "operator" });
    expect(identityOf(headers).sort()).toEqual(
      Object.keys(forged)
        .map((name) => name.toLowerCase())
        .sort(),
    );
    expect(headers["x-ms-client-principal"]).toBe("Zm9yZ2Vk");
    const response = await fetch(`${host.url}/api/settings`);
    expect(await response.json()).toMatchObject({ WEBSITE_AUTH_ENABLED: null });
    await host.stop();
  });
});
