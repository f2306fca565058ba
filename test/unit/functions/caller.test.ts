import { describe, expect, test } from "vitest";
import { callerOf } from "../../../functions/http/caller.ts";

const tenant = "99999999-9999-4999-8999-999999999999";
const objectIdType = "http://schemas.microsoft.com/identity/claims/objectidentifier";
const tenantIdType = "http://schemas.microsoft.com/identity/claims/tenantid";

const principal = (claims: unknown, more: object = {}) =>
  Buffer.from(JSON.stringify({ auth_typ: "aad", claims, ...more })).toString("base64");

const claims = [
  { typ: objectIdType, val: "AAAAAAAA-0000-4000-8000-000000000001" },
  { typ: tenantIdType, val: tenant },
  { typ: "name", val: "Ann" },
  { typ: "roles", val: "Read" },
  { typ: "roles", val: "Request" },
  { typ: "groups", val: "GGGGGGGG-0000" },
];

function caller(header: string | null, authenticates = true, more: Record<string, string> = {}) {
  const all: Record<string, string | null> = { "x-ms-client-principal": header, ...more };
  return callerOf({ get: (name) => all[name] ?? null }, authenticates, tenant);
}

test("who signed in, with roles and groups", () => {
  expect(caller(principal(claims))).toEqual({
    objectId: "aaaaaaaa-0000-4000-8000-000000000001",
    name: "Ann",
    roles: new Set(["Read", "Request"]),
    groups: new Set(["gggggggg-0000"]),
  });
});

test("the header is not believed where the platform does not authenticate", () => {
  expect(caller(principal(claims), false)).toBeNull();
});

test("a principal of another tenant is nobody", () => {
  const foreign = claims.map((claim) =>
    claim.typ === tenantIdType ? { ...claim, val: "00000000-0000-4000-8000-000000000000" } : claim,
  );
  expect(caller(principal(foreign))).toBeNull();
});

test.each([["google"], [null], [1], [""]])(
  "a principal that Microsoft Entra did not sign in (%s) is nobody",
  (provider) => {
    expect(caller(principal(claims, { auth_typ: provider }), true, { "x-ms-client-principal-id": "o-1" })).toBeNull();
  },
);

test("App Service names no provider where Microsoft Entra is the only one", () => {
  expect(caller(principal(claims, { auth_typ: undefined }))?.name).toBe("Ann");
});

test("the provider's name is read without regard to case", () => {
  expect(caller(principal(claims, { auth_typ: "AAD" }))?.name).toBe("Ann");
});

test("roles that the tool does not know give nothing, whatever claim they come in", () => {
  const odd = [
    ...claims.filter(({ typ }) => typ !== "roles"),
    { typ: "roles", val: "Owner" },
    { typ: "scp", val: "Operate" },
  ];
  expect(caller(principal(odd))?.roles).toEqual(new Set());
});

test("roles come in the claim that the principal names as well", () => {
  const own = [...claims.filter(({ typ }) => typ !== "roles"), { typ: "urn:role", val: "Operate" }];
  expect(caller(principal(own, { role_typ: "urn:role" }))?.roles).toEqual(new Set(["Operate"]));
});

test.each([
  ["no object id", claims.filter(({ typ }) => typ !== objectIdType)],
  ["an empty object id", [...claims.filter(({ typ }) => typ !== objectIdType), { typ: "oid", val: "" }]],
  ["two object ids", [...claims, { typ: "oid", val: "o-2" }]],
  ["no tenant", claims.filter(({ typ }) => typ !== tenantIdType)],
  ["a second tenant", [...claims, { typ: "tid", val: "00000000-0000-4000-8000-000000000000" }]],
])("a principal with %s is nobody", (_what, odd) => {
  expect(caller(principal(odd), true, { "x-ms-client-principal-id": "o-1" })).toBeNull();
});

test("the same object id and tenant under both names of their claims", () => {
  const twice = [...claims, { typ: "oid", val: "aaaaaaaa-0000-4000-8000-000000000001" }, { typ: "tid", val: tenant }];
  expect(caller(principal(twice))?.objectId).toBe("aaaaaaaa-0000-4000-8000-000000000001");
});

describe("what is no principal is nobody, never an error", () => {
  test.each([
    ["no header", null],
    ["no base64", "%%%"],
    ["two headers, joined", `${principal(claims)}, ${principal(claims)}`],
    ["base64 with something around it", ` ${principal(claims)}`],
    ["no UTF-8", Buffer.from([0x22, 0xff, 0x22]).toString("base64")],
    ["empty", ""],
    ["no JSON", Buffer.from("{").toString("base64")],
    ["null", Buffer.from("null").toString("base64")],
    ["no claims", principal(undefined)],
    ["claims that are no list", principal({ typ: "roles" })],
    ["claims that are no claims", principal([1, null, "x", { typ: 1, val: 2 }])],
  ])("%s", (_what, header) => {
    expect(caller(header)).toBeNull();
  });
});
