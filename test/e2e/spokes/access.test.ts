import { cp, mkdtemp, rm } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { BlobServiceClient } from "@azure/storage-blob";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startStack } from "../../../local/stack/stack.ts";
import { projectFolder } from "../../../local/stack/stack-options.ts";
import { startHostProcess } from "../../contract/host/host-process.ts";
import { claimsWith, clientPrincipal } from "../../fixtures/client-principal.ts";
import { contractRoutes } from "../../fixtures/contract-routes.ts";
import { assertNothingOfDurable } from "./nothing-of-durable.ts";
import { contractRequest, Portal } from "./portal.ts";

let portal: Portal;
let spoke: string;
let stateBefore: string[];

beforeAll(async () => {
  portal = new Portal(await startStack({ speed: 0 }));
  await portal.provision(contractRequest);
  const view = await portal.call("GET", "/api/spokes/orders-prod");
  spoke = JSON.stringify(view.body);
  await portal.writesOfApp();
  stateBefore = (await stateOf()).map(({ name, etag }) => `${name} ${etag}`);
}, 120_000);

afterAll(() => portal?.stack.stop());

/** Every document of the tool's state. */
async function stateOf(): Promise<{ readonly name: string; readonly etag: string; readonly text: string }[]> {
  const service = BlobServiceClient.fromConnectionString(portal.stack.settings.AzureWebJobsStorage ?? "");
  const container = service.getContainerClient("zero-trust-spokes");
  const documents = [];
  for await (const { name, properties } of container.listBlobsFlat({ includeMetadata: true })) {
    const text = (await container.getBlobClient(name).downloadToBuffer()).toString("utf8");
    documents.push({ name, etag: properties.etag, text });
  }
  return documents;
}

const everything = clientPrincipal(claimsWith(["Read", "Request", "Operate", "Approve"]));
const users = { reader: "Read", requester: "Request", approver: "Approve" } as const;
const tooLarge = JSON.stringify({ padding: "x".repeat(300 * 1024) });
const pathOf = (path: string) => `/api${path.replace("{name}", "orders-prod").replace("{id}", "7")}`;
const table = contractRoutes.map(({ method, path, roles }) => ({ method, path: pathOf(path), roles }));

test("the running app serves the contract's routes and no others", async () => {
  const { body } = await portal.call("GET", "/api/openapi.json", undefined, "reader");
  expect(body.openapi).toMatch(/^3\.1\./);
  const told = Object.entries<object>(body.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(told.sort()).toEqual(contractRoutes.map(({ method, path }) => `${method} ${path}`).sort());
  const functions = await portal.call("GET", "/admin/functions");
  const served = functions.body.filter(({ trigger }: { trigger: string }) => trigger === "httpTrigger");
  expect(served).toHaveLength(contractRoutes.length + 1);
});

describe.each(table)("$method $path", ({ method, path, roles }) => {
  const body = method === "GET" ? undefined : tooLarge;

  test("nobody, also with a principal of their own and a body that is too large: 401 as problem+json", async () => {
    const forged = {
      "x-ms-client-principal": everything,
      "x-ms-client-principal-id": "77777777-7777-4777-8777-000000000004",
      "x-ms-client-principal-idp": "aad",
      authorization: "Bearer e30.e30.",
    };
    for (const headers of [{}, forged]) {
      const answer = await portal.call(method, path, body, "anonymous", headers);
      expect(answer).toMatchObject({ status: 401, body: { status: 401, title: "Sign in first.", errors: [] } });
      expect(answer.headers.get("content-type")).toContain("application/problem+json");
      expect(answer.headers.get("www-authenticate")).toBe("Bearer");
    }
  });

  test("a role that is not the route's: 403, whatever principal the caller sends", async () => {
    for (const [user, role] of Object.entries(users)) {
      if (roles.includes(role)) continue;
      const answer = await portal.call(method, path, body, user, { "x-ms-client-principal": everything });
      expect(answer, user).toMatchObject({
        status: 403,
        body: { title: `This needs the role ${roles.join(" or ")}.` },
      });
    }
  });

  test("a user whom the platform does not know: 401", async () => {
    expect((await portal.call(method, path, body, "nobody")).status).toBe(401);
  });
});

/** A call that `fetch` refuses to make, or would rewrite. */
function raw(
  method: string,
  path: string,
  user: string,
  origin = portal.stack.functionsUrl,
): Promise<[number, string]> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    const headers = { "x-local-user": user, "x-ms-client-principal": everything };
    const outgoing = httpRequest({ hostname, port, method, path, headers }, (incoming) => {
      incoming.setEncoding("utf8");
      let text = "";
      incoming.on("data", (part: string) => {
        text += part;
      });
      incoming.on("end", () => resolve([incoming.statusCode ?? 0, text]));
    });
    outgoing.once("error", reject);
    outgoing.end();
  });
}

describe("what is no route", () => {
  const calls = [
    ["GET", "/api/", 404, "NoSuchRoute"],
    ["GET", "/api/unknown", 404, "NoSuchRoute"],
    ["POST", "/api/spokes/orders-prod/unknown", 404, "NoSuchRoute"],
    ["GET", "/api/spokes/%ff/%zz", 404, "NoSuchRoute"],
    ["PATCH", "/api/spokes", 405, "MethodNotAllowed"],
    ["PATCH", "/api/spokes/orders-prod", 405, "MethodNotAllowed"],
    ["POST", "/api/openapi.json", 405, "MethodNotAllowed"],
    ["GET", "/api/changes/7/undo", 405, "MethodNotAllowed"],
    ["PUT", "/api/exemptions", 405, "MethodNotAllowed"],
    ["GET", "/api/portal", 501, "NotInThisVersion"],
  ] as const;

  test.each(calls)("%s %s: %d as problem+json, 401 for nobody", async (method, path, status, code) => {
    const answer = await portal.call(method, path, undefined, "reader");
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
    expect(answer.body).toMatchObject({ status, errors: [{ code }] });
    expect((await portal.call(method, path, undefined, "anonymous")).status).toBe(401);
  });

  test("another method: Allow tells which there are", async () => {
    const allow = async (path: string) => (await portal.call("PATCH", path)).headers.get("allow");
    expect(await allow("/api/spokes")).toBe("GET, POST");
    expect(await allow("/api/openapi.json")).toBe("GET");
  });

  test.each(["HEAD", "OPTIONS", "PATCH"])("%s on every path: 401 for nobody, 405 for a reader", async (method) => {
    for (const path of new Set(table.map((route) => route.path))) {
      expect((await raw(method, path, "anonymous"))[0], path).toBe(401);
      expect((await raw(method, path, "reader"))[0], path).toBe(405);
    }
  });

  test("a method that HTTP has beside these reaches nothing", async () => {
    for (const method of ["TRACE", "PROPFIND", "PURGE", "QUERY"])
      expect(await raw(method, "/api/spokes", "operator"), method).toEqual([404, ""]);
  });

  test.each([
    "/API/SPOKES",
    "/api/spokes/",
    "/api/./spokes",
    "/api/x/../spokes",
    "/api/%73pokes",
    "/api/spokes?x-local-user=operator",
    "/api/spokes/orders-prod%2Fconnectivity",
    "//api/spokes",
    "/api//spokes",
  ])("GET %s, another way to write a path, is not served to nobody", async (path) => {
    const [status, text] = await raw("GET", path, "anonymous");
    expect([401, 404]).toContain(status);
    expect(status === 404 ? text : JSON.parse(text).title).toBe(status === 404 ? "" : "Sign in first.");
  });
});

describe("what a signed-in caller may, and what there is to do", () => {
  test.each([
    ["GET", "/api/changes", "reader", 200],
    ["GET", "/api/compliance", "reader", 200],
    ["GET", "/api/recommendations", "reader", 200],
    ["GET", "/api/exemptions", "operator", 200],
    ["GET", "/api/openapi.json", "approver", 200],
    ["POST", "/api/changes/7/undo", "operator", 404],
    ["POST", "/api/recommendations/7/accept", "operator", 404],
    ["DELETE", "/api/exemptions/7", "operator", 404],
    ["POST", "/api/exemptions", "operator", 413],
    ["POST", "/api/spokes", "requester", 413],
    ["POST", "/api/spokes/plan", "requester", 413],
    ["PUT", "/api/spokes/orders-prod", "operator", 413],
    // Of the operator: a requester changes and removes only what it asked for itself.
    ["PUT", "/api/spokes/orders-prod", "requester", 403],
    ["DELETE", "/api/spokes/orders-prod", "requester", 403],
    ["POST", "/api/spokes/orders-prod/approval", "approver", 413],
  ] as const)("%s %s as %s: %d", async (method, path, user, status) => {
    const hasBody = status === 413 || status === 403;
    expect((await portal.call(method, path, hasBody ? tooLarge : undefined, user)).status).toBe(status);
  });
});

test("nobody who was refused wrote anything, to Azure or to the state", async () => {
  expect(await portal.writesOfApp()).toEqual([]);
  expect((await stateOf()).map(({ name, etag }) => `${name} ${etag}`)).toEqual(stateBefore);
  expect(JSON.stringify((await portal.call("GET", "/api/spokes/orders-prod")).body)).toBe(spoke);
});

/** The key of Durable's management, out of a copy of what the running host keeps under its lock. */
async function systemKey(dataFolder: string): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), "host-copy-"));
  try {
    await cp(join(dataFolder, "host"), copy, { recursive: true });
    const database = new DatabaseSync(join(copy, "functions-host.db"));
    const row = database.prepare("SELECT value FROM meta WHERE key = 'systemKey'").get();
    database.close();
    return String(row?.value);
  } finally {
    await rm(copy, { recursive: true });
  }
}

describe("Durable's management", () => {
  test.each([
    ["GET", "/runtime/webhooks/durabletask/instances"],
    ["GET", "/runtime/webhooks/durabletask/instances?code=wrong"],
    ["POST", "/runtime/webhooks/durabletask/orchestrators/provisionSpoke"],
    ["POST", "/runtime/webhooks/durabletask/instances/provision-orders-prod-1/terminate"],
    ["DELETE", "/RUNTIME/WEBHOOKS/DURABLETASK/instances/provision-orders-prod-1"],
    ["GET", "/runtime/webhooks/durabletask/entities"],
  ])("%s %s without its key: 401, also for an operator", async (method, path) => {
    for (const user of ["anonymous", "operator"]) expect(await raw(method, path, user)).toEqual([401, ""]);
  });

  test("the address of the app's own client opens to nobody without the key", async () => {
    expect(await raw("GET", "/runtime/rpc/wrong/instances", "operator")).toEqual([404, ""]);
  });

  test("its addresses, keys and storage are in nothing that a run answers or keeps", async () => {
    const { stack } = portal;
    const key = await systemKey(stack.dataFolder);
    const secrets = [
      key,
      stack.settings.IDENTITY_HEADER ?? "",
      /AccountKey=([^;]+)/.exec(JSON.stringify(stack.settings))?.[1] ?? "",
    ];
    expect(secrets.every((secret) => secret.length > 20)).toBe(true);

    const told: string[] = [];
    const note = async (...call: Parameters<Portal["call"]>) => {
      const { status, body, headers } = await portal.call(...call);
      told.push(JSON.stringify([body, ...headers]));
      return status;
    };
    expect(await note("PUT", "/api/spokes/orders-prod", contractRequest)).toBe(202);
    expect(await note("DELETE", "/api/spokes/orders-prod")).toBe(409);
    expect(await note("POST", "/api/compliance/sweep")).toBe(202);
    await portal.settled("orders-prod");
    for (const { method, path } of table.filter(({ method }) => method === "GET"))
      expect(await note(method, path)).toBe(200);
    for (const { name, text } of await stateOf()) {
      assertNothingOfDurable(name, text);
      told.push(text);
    }
    expect(told.length).toBeGreaterThan(15);
    for (const secret of secrets) expect(told.filter((text) => text.includes(secret))).toEqual([]);
  });
});

describe("where the platform does not authenticate", () => {
  test("every route refuses everybody, also with a principal that would be an operator's", async () => {
    const environment = { ...portal.stack.settings, WEBSITE_AUTH_ENABLED: "True" };
    const host = await startHostProcess({ fixture: projectFolder, environment });
    const headers = { "content-type": "application/json", "x-ms-client-principal": everything };
    for (const { method, path } of table) {
      const answer = await fetch(host.url + path, { method, headers, ...(method === "GET" ? {} : { body: "{}" }) });
      expect([method, path, answer.status]).toEqual([method, path, 401]);
      expect(await answer.json()).toMatchObject({ title: "Sign in first." });
    }
    for (const path of ["/api/", "/api/unknown", "/api/portal"])
      expect((await raw("GET", path, "operator", host.url))[0]).toBe(401);
    expect(host.log()).not.toContain("failed unexpectedly");
    expect(await host.stop()).toBe(0);
  });
});
