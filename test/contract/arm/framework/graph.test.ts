import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appPrincipal, firstGroup, type LocalAzure, startLocalAzure } from "../local-azure.ts";

const user = "77777777-7777-4777-8777-000000000001";
let azure: LocalAzure;
beforeAll(async () => {
  azure = await startLocalAzure();
});
afterAll(() => azure.stop());

const get = (path: string, as: string = appPrincipal) => azure.request("GET", `/v1.0/${path}`, undefined, { as });
const codeOf = (answer: { body: unknown }) => (answer.body as { error: { code: string } }).error.code;

describe("Microsoft Graph", () => {
  it("shows a security group, a Microsoft 365 group, users and service principals", async () => {
    expect((await get(`groups/${firstGroup}`)).body).toMatchObject({
      id: firstGroup,
      securityEnabled: true,
      groupTypes: [],
    });
    expect((await get("groups/22222222-2222-2222-2222-000000000365")).body).toMatchObject({
      securityEnabled: false,
      groupTypes: ["Unified"],
    });
    expect((await get(`users/${user}`)).body).toMatchObject({ userPrincipalName: "user1@contoso.com" });
    expect((await get(`servicePrincipals/${appPrincipal}`)).body).toMatchObject({
      appId: "44444444-4444-4444-4444-444444444444",
    });
    expect((await get(`directoryObjects/${user}`)).body).toMatchObject({
      "@odata.type": "#microsoft.graph.user",
      id: user,
    });
    expect((await get(`groups/${firstGroup}/members`)).body).toMatchObject({
      value: [{ "@odata.type": "#microsoft.graph.user", id: user }],
    });
  });

  it("honours $select", async () => {
    const { body } = await get(`groups/${firstGroup}?$select=id,securityEnabled`);
    expect(Object.keys(body as object).sort()).toEqual(["@odata.context", "id", "securityEnabled"]);
  });

  it("refuses in Graph's words", async () => {
    const cases = [
      [await get(`groups/${user}`), 404, "Request_ResourceNotFound"],
      [await get("groups/00000000-0000-0000-0000-000000000000"), 404, "Request_ResourceNotFound"],
      [await get("directoryObjects/00000000-0000-0000-0000-000000000000"), 404, "Request_ResourceNotFound"],
      [await get("groups/nonsense"), 400, "Request_BadRequest"],
      [await get(`groups/${firstGroup}`, user), 403, "Authorization_RequestDenied"],
      [await get(`groups/${firstGroup}/owners`), 501, "NotImplementedByLocalAzure"],
      [await get(`groups/${firstGroup}?$expand=members`), 501, "NotImplementedByLocalAzure"],
      [
        await azure.request("GET", `/v1.0/groups/${firstGroup}`, undefined, { authorized: false }),
        401,
        "InvalidAuthenticationToken",
      ],
    ] as const;
    for (const [answer, status, code] of cases) expect([answer.status, codeOf(answer)]).toEqual([status, code]);
  });

  it("takes no token for Resource Manager", async () => {
    const headers = { authorization: `Bearer ${await azure.token(appPrincipal)}` };
    const answer = await azure.request("GET", `/v1.0/groups/${firstGroup}`, undefined, { authorized: false, headers });
    expect(answer.status).toBe(401);
  });

  it("keeps Conditional Access policies", async () => {
    const policy = {
      displayName: "Require MFA for Orders",
      state: "enabledForReportingButNotEnforced",
      conditions: {
        users: { includeUsers: ["All"] },
        applications: { includeApplications: ["33333333-3333-3333-3333-333333333333"] },
      },
      grantControls: { operator: "OR", builtInControls: ["mfa"] },
    };
    const path = "/v1.0/identity/conditionalAccess/policies";
    const created = await azure.request("POST", path, policy, { as: appPrincipal });
    expect(created).toMatchObject({ status: 201, body: { ...policy, id: expect.any(String) } });
    expect((await get("identity/conditionalAccess/policies")).body).toMatchObject({
      value: [{ displayName: policy.displayName }],
    });
    const wrong = await azure.request("POST", path, { ...policy, state: "maybe" }, { as: appPrincipal });
    expect(wrong.status).toBe(400);
    expect((await azure.request("POST", path, policy, { as: user })).status).toBe(403);
  });
});
