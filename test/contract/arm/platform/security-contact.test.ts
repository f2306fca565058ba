import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { firstSubscription, type LocalAzure, startLocalAzure } from "../local-azure.ts";
import { codeOf, type Document } from "./resources.ts";

let azure: LocalAzure;
beforeAll(async () => {
  azure = await startLocalAzure();
});
afterAll(() => azure.stop());

const contacts = `/subscriptions/${firstSubscription}/providers/Microsoft.Security/securityContacts`;
const call = (method: string, name: string, properties?: unknown, version = "2023-12-01-preview") =>
  azure.request(
    method,
    `${contacts}${name}?api-version=${version}`,
    properties === undefined ? undefined : { properties },
  );

const contact = {
  emails: "soc@contoso.com",
  isEnabled: true,
  notificationsByRole: { state: "On", roles: ["Owner"] },
  notificationsSources: [{ sourceType: "Alert", minimalSeverity: "Medium" }],
};

describe("the security contact of a subscription", () => {
  test("is written, read, listed, changed and deleted", async () => {
    expect((await call("GET", "/default")).status).toBe(404);
    expect([200, 201]).toContain((await call("PUT", "/default", contact)).status);
    expect((await call("GET", "/default")).body).toMatchObject({ name: "default", properties: contact });
    expect(((await call("GET", "")).body as { value: Document[] }).value).toHaveLength(1);
    const changed = { ...contact, emails: "soc@contoso.com;ciso@contoso.com" };
    expect((await call("PUT", "/default", changed)).status).toBe(200);
    expect(((await call("GET", "/default")).body as Document).properties.emails).toBe(changed.emails);
    expect((await call("DELETE", "/default")).status).toBe(200);
    expect((await call("DELETE", "/default")).status).toBe(204);
  });

  test("is written by the older version too", async () => {
    const older = { emails: "soc@contoso.com", alertNotifications: { state: "On", minimalSeverity: "High" } };
    expect((await call("PUT", "/default", older, "2020-01-01-preview")).status).toBeLessThan(300);
    expect((await call("PUT", "/default", older)).status).toBe(400);
    await call("DELETE", "/default");
  });

  test.each([
    ["an unknown role", "/default", { notificationsByRole: { state: "On", roles: ["Chief"] } }],
    ["an unknown source", "/default", { notificationsSources: [{ sourceType: "Rumour" }] }],
    ["an unknown property", "/default", { colour: "blue" }],
    ["another name", "/second", contact],
  ])("is refused with %s", async (_what, name, properties) => {
    const answer = await call("PUT", name, properties);
    expect(answer.status).toBe(400);
    expect(codeOf(answer.body)).toMatch(/^Invalid/);
  });
});
