import { expect, test } from "vitest";
import type { ConditionalAccessPolicies } from "../../../local/arm/graph/conditional-access.ts";
import { answerPolicyCall } from "../../../local/arm/graph/conditional-access-routes.ts";

const policies = {
  list: () => [{ displayName: "It's ours" }, { displayName: "Other" }],
  create: () => ({}),
  update: () => {},
  remove: () => {},
} as unknown as ConditionalAccessPolicies;

function call(method: string, appRoles: readonly string[], query = "") {
  const path = `/v1.0/identity/conditionalAccess/policies${method === "PATCH" || method === "DELETE" ? "/1" : ""}`;
  const caller = { id: "1", principalType: "ServicePrincipal", displayName: "app", appRoles } as const;
  const segments = path.split("/").filter(Boolean);
  const text = method === "GET" ? "" : "{}";
  return answerPolicyCall(policies, caller, {
    method,
    segments,
    query: new URLSearchParams(query),
    authorization: undefined,
    text,
  });
}

test.each([
  ["GET", ["Policy.Read.All"], 200],
  ["POST", ["Policy.Read.All", "Policy.ReadWrite.ConditionalAccess", "Application.Read.All"], 201],
  ["PATCH", ["Policy.Read.All", "Policy.ReadWrite.ConditionalAccess", "Application.Read.All"], 204],
  ["DELETE", ["Policy.Read.All", "Policy.ReadWrite.ConditionalAccess"], 204],
] as const)("%s of policies needs every one of %o", (method, needed, status) => {
  expect(call(method, needed)).toMatchObject({ status });
  for (const missing of needed) {
    const others = needed.filter((role) => role !== missing);
    expect(() => call(method, others), missing).toThrow(expect.objectContaining({ status: 403, code: "AccessDenied" }));
  }
});

test("finds by name, and refuses filters that it does not know", () => {
  const found = call("GET", ["Policy.Read.All"], "$filter=displayName eq 'It''s ours'");
  expect(found?.body).toMatchObject({ value: [{ displayName: "It's ours" }] });
  expect(() => call("GET", ["Policy.Read.All"], "$filter=state eq 'enabled'")).toThrow(
    expect.objectContaining({ status: 501 }),
  );
});
