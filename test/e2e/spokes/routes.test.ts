import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { startStack } from "../../../local/stack/stack.ts";
import { openState } from "../../../shared/state/open-state.ts";
import { contractRequest, Portal, requestWith } from "./portal.ts";
import { unpublished } from "./published-schema.ts";

let portal: Portal;

beforeAll(async () => {
  portal = new Portal(await startStack({ speed: 0 }));
  await portal.provision(contractRequest);
}, 120_000);

afterAll(() => portal?.stack.stop());

const plain = { managementAccess: [], outboundAccess: [] };
const other = (name: string, changes: object = {}) =>
  requestWith({ ...plain, name, addressPrefix: "10.40.0.0/22", ...changes }, { flows: [] });

describe("POST /api/spokes", () => {
  test("202 with Location; the spoke is there at once", async () => {
    const request = other("fresh-a", { addressPrefix: "10.41.0.0/22" });
    const answer = await portal.call("POST", "/api/spokes", request, "requester");
    expect(answer.status).toBe(202);
    expect(answer.headers.get("location")).toBe("/api/spokes/fresh-a");
    expect((await portal.call("GET", "/api/spokes/fresh-a", undefined, "reader")).status).toBe(200);
    const again = await portal.call("POST", "/api/spokes", request, "requester");
    expect([200, 202]).toContain(again.status);
    await portal.settled("fresh-a");
  });

  test("another request under a name that is taken: 409", async () => {
    const answer = await portal.call("POST", "/api/spokes", { ...contractRequest, tags: { owner: "someone" } });
    expect(answer.status).toBe(409);
    expect(answer.body.errors[0]).toMatchObject({ pointer: "/name", code: "NameTaken" });
  });

  test.each([
    ["another spoke's", "10.20.2.0/24", "orders-prod"],
    ["a hub's", "10.0.0.0/20", "the hub in westeurope"],
    ["an internal", "10.255.4.0/22", "an internal prefix"],
  ])("a prefix that overlaps %s: 409 that names it", async (_whose, addressPrefix, named) => {
    const answer = await portal.call("POST", "/api/spokes", other("overlap-a", { addressPrefix }));
    expect(answer.status).toBe(409);
    expect(answer.body.errors[0]).toMatchObject({ pointer: "/addressPrefix", code: "AddressPrefixOverlaps" });
    expect(answer.body.errors[0].message).toContain(named);
    expect((await portal.call("GET", "/api/spokes/overlap-a")).status).toBe(404);
  });

  test.each([
    ["a user", "77777777-7777-4777-8777-000000000001"],
    ["a group without security", "22222222-2222-2222-2222-000000000365"],
    ["nobody Entra knows", "12345678-1234-4234-8234-123456789012"],
  ])("network managers that are %s: 400, nothing leased", async (_what, networkManagersGroupId) => {
    const answer = await portal.call("POST", "/api/spokes", other("managers-a", { networkManagersGroupId }));
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toMatchObject([{ pointer: "/networkManagersGroupId", code: "NotASecurityGroup" }]);
    expect((await portal.call("GET", "/api/spokes/managers-a")).status).toBe(404);
  });

  test("two different requests for one name at once: one wins, the other is refused, the winner's prefix is kept", async () => {
    const one = other("race-a", { addressPrefix: "10.42.0.0/22" });
    const two = other("race-a", { addressPrefix: "10.43.0.0/22" });
    const answers = await Promise.all([one, two].map((request) => portal.call("POST", "/api/spokes", request)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([202, 409]);
    const view = await portal.settled("race-a");
    const loser = view.addressPrefix === "10.42.0.0/22" ? "10.43.0.0/22" : "10.42.0.0/22";
    expect(view.status).toBe("Succeeded");
    await portal.provision(other("race-b", { addressPrefix: loser }));
    expect(
      (await portal.call("POST", "/api/spokes", other("race-c", { addressPrefix: view.addressPrefix }))).status,
    ).toBe(409);
  });
});

describe("POST /api/spokes/plan", () => {
  test("what would be done, by steps and with rules; nothing is written and no address leased", async () => {
    await portal.writesOfApp();
    const answer = await portal.call("POST", "/api/spokes/plan", other("preview-a"), "requester");
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.body)).toEqual(
      expect.arrayContaining(["changes", "rules", "proof", "findings", "criticalPath"]),
    );
    const actions = new Map<string, string>(
      answer.body.changes.map((change: { id: string; action: string }) => [change.id.split("/").at(-1), change.action]),
    );
    expect(actions.get("vnet-preview-a")).toBe("create");
    expect(actions.get("zero-trust-activity")).toBe("none");
    expect(answer.body.rules.filter((rule: { name: string }) => rule.name === "DenyAllInbound")).toHaveLength(4);
    expect(unpublished("POST", "/spokes/plan", 200, answer.body)).toEqual([]);
    expect(await portal.writesOfApp()).toEqual([]);
    await portal.provision(other("preview-b"));
  });

  test("of a spoke that stands: nothing to do", async () => {
    const answer = await portal.call("POST", "/api/spokes/plan", contractRequest);
    expect(answer.body.changes.filter((change: { action: string }) => change.action !== "none")).toEqual([]);
  });
});

describe("POST /api/spokes/plan for a name that a spoke has", () => {
  test("what cannot change is told as PUT would", async () => {
    const moved = { ...contractRequest, location: "northeurope", addressPrefix: "10.99.0.0/22" };
    const answer = await portal.call("POST", "/api/spokes/plan", moved);
    expect(answer.status).toBe(400);
    expect(answer.body.errors.map(({ pointer, code }: Record<string, string>) => [pointer, code]).sort()).toEqual([
      ["/addressPrefix", "Unchangeable"],
      ["/location", "Unchangeable"],
    ]);
  });

  test("of somebody else's spoke: 409", async () => {
    const answer = await portal.call("POST", "/api/spokes/plan", contractRequest, "requester");
    expect(answer.status).toBe(409);
    expect(answer.body.errors).toMatchObject([{ pointer: "/name", code: "NameTaken" }]);
  });
});

describe("the TypeScript client's example", () => {
  async function example(request: object): Promise<{ code: number; stdout: string; stderr: string }> {
    const file = join(portal.stack.dataFolder, "example-request.json");
    writeFileSync(file, JSON.stringify(request));
    const parameters = ["client/example.ts", `${portal.stack.functionsUrl}/api`, file];
    const env = { ...process.env, LOCAL_USER: "operator", PAUSE_SECONDS: "0.1" };
    const { stdout, stderr, code } = await promisify(execFile)(process.execPath, parameters, { env }).then(
      (told) => ({ ...told, code: 0 }),
      (error: { code: number; stdout: string; stderr: string }) => error,
    );
    return { code, stdout, stderr };
  }

  test("provisions and follows to the end; the same again finds it", async () => {
    const request = other("client-a", { addressPrefix: "10.71.0.0/22" });
    const { code, stdout, stderr } = await example(request);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("client-a: Succeeded");
    expect((await example(request)).stdout).toContain("client-a: Succeeded");
  });

  test("tells each violation of a request", async () => {
    const { code, stderr } = await example({ ...other("client-b"), addressPrefix: "10.72.0.1/22", colour: "red" });
    expect(code).toBe(1);
    expect(stderr).toContain("400 The request has 2 violations.");
    expect(stderr).toContain("/addressPrefix prefix-not-canonical: ");
    expect(stderr).toContain("/colour unknown-field: ");
  });
});

describe("while Azure is in trouble", () => {
  afterEach(() => portal.stack.fetchAzure("/_local/faults", { method: "DELETE" }));

  async function fault(kind: string, method: string, pathRegex: string, retryAfterSeconds: number | null) {
    const body = JSON.stringify({ match: { method, pathRegex }, kind, times: 1000, retryAfterSeconds });
    const headers = { "content-type": "application/json" };
    expect((await portal.stack.fetchAzure("/_local/faults", { method: "POST", body, headers })).status).toBeLessThan(
      300,
    );
  }

  test.each(["/api/spokes", "/api/spokes/plan"])(
    "POST %s: 503 before the caller gives up, nothing kept",
    async (path) => {
      await fault("503", "GET", "/v1.0/groups/", 60);
      const answer = await portal.call("POST", path, other("busy-a", { addressPrefix: "10.46.0.0/22" }));
      expect(answer.status).toBe(503);
      expect(answer.headers.get("content-type")).toContain("application/problem+json");
      expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(answer.body.errors).toHaveLength(1);
      expect((await portal.call("GET", "/api/spokes/busy-a")).status).toBe(404);
    },
  );

  test("what Azure refuses to the tool itself is 502 with what to do, not the caller's conflict", async () => {
    await fault("forbidden", "GET", "Microsoft.Network/virtualNetworks", null);
    const answer = await portal.call("POST", "/api/spokes/plan", other("refused-a", { addressPrefix: "10.46.0.0/22" }));
    expect(answer.status).toBe(502);
    expect(answer.body.errors).toMatchObject([
      { code: "AuthorizationFailed", message: expect.stringContaining("Grant") },
    ]);
  });
});

describe("PUT /api/spokes/{name}", () => {
  test("unknown, and what can be no name: 404", async () => {
    for (const name of ["unknown-a", "A", "plan", "a%27b", "%F0%9F%92%A9"]) {
      expect((await portal.call("PUT", `/api/spokes/${name}`, contractRequest)).status, name).toBe(404);
    }
  });

  test("what decides where the network stands cannot change: every violation at once", async () => {
    const answer = await portal.call("PUT", "/api/spokes/orders-prod", {
      ...contractRequest,
      name: "other-name",
      location: "northeurope",
      addressPrefix: "10.99.0.0/22",
      subscriptionId: "11111111-1111-1111-1111-000000000002",
    });
    expect(answer.status).toBe(400);
    expect(answer.body.errors.map((error: { pointer: string }) => error.pointer).sort()).toEqual([
      "/addressPrefix",
      "/location",
      "/name",
      "/subscriptionId",
    ]);
  });

  test("If-Match: 412 with a stale ETag, 202 with the present one", async () => {
    const etag = (await portal.call("GET", "/api/spokes/orders-prod")).headers.get("etag") ?? "";
    const put = (header: string) =>
      portal.call("PUT", "/api/spokes/orders-prod", contractRequest, "operator", { "if-match": header });
    expect((await put('"stale"')).status).toBe(412);
    expect((await put(etag)).status).toBe(202);
    expect((await portal.settled("orders-prod")).status).toBe("Succeeded");
    expect((await put(etag)).status).toBe(412);
  });

  test("If-Match may be a list", async () => {
    const etag = (await portal.call("GET", "/api/spokes/orders-prod")).headers.get("etag") ?? "";
    const put = (header: string) =>
      portal.call("PUT", "/api/spokes/orders-prod", contractRequest, "operator", { "if-match": header });
    expect((await put('"a", "b"')).status).toBe(412);
    expect((await put(`"a", ${etag}`)).status).toBe(202);
    await portal.settled("orders-prod");
  });

  test("the topology that a body leaves open stays as it is", async () => {
    const request = other("alone-a", { addressPrefix: "10.61.0.0/22", topology: "standalone" });
    await portal.provision(request);
    const { topology: _, ...open } = request;
    expect((await portal.call("POST", "/api/spokes", open)).status).toBe(200);
    await portal.provision(open, "PUT");
    expect((await portal.call("POST", "/api/spokes", request)).status).toBe(200);
  });

  test("while a run is at work: 409; and the same request sets one going that a crash kept from starting", async () => {
    const { spokes, leases } = await openState({ connectionString: portal.stack.settings.AzureWebJobsStorage ?? "" });
    const request = other("crashed-a", { addressPrefix: "10.48.0.0/22" });
    await portal.provision(request);
    const stored = await spokes.readRecord("crashed-a");
    if (stored === null) throw new Error("no record");
    const crashed = { ...stored.value, status: "Accepted" as const, revision: stored.value.revision + 1 };
    await spokes.writeRecord(crashed, stored.etag);
    const put = async (body: object) => portal.call("PUT", "/api/spokes/crashed-a", body);
    const different = await put({ ...request, tags: { owner: "someone" } });
    expect(different.status).toBe(409);
    expect(different.body.errors).toMatchObject([{ code: "RunAtWork" }]);
    expect((await portal.call("GET", "/api/spokes/crashed-a")).body.status).toBe("Accepted");
    expect((await put(request)).status).toBe(409);
    expect((await portal.settled("crashed-a")).status).toBe("Succeeded");
    expect((await leases.list()).filter(({ spoke }) => spoke === "crashed-a")).toMatchObject([{ recorded: true }]);
  });

  test("a requester changes only what it asked for itself", async () => {
    const answer = await portal.call("PUT", "/api/spokes/orders-prod", contractRequest, "requester");
    expect(answer.status).toBe(403);
    const own = other("own-a", { addressPrefix: "10.44.0.0/22" });
    await portal.call("POST", "/api/spokes", own, "requester");
    await portal.settled("own-a");
    expect((await portal.call("PUT", "/api/spokes/own-a", own, "requester")).status).toBe(202);
    await portal.settled("own-a");
  });
});

describe("GET", () => {
  test("the list has every spoke", async () => {
    const answer = await portal.call("GET", "/api/spokes", undefined, "reader");
    expect(answer.body.value.find((spoke: { name: string }) => spoke.name === "orders-prod")).toMatchObject({
      status: "Succeeded",
      subscriptionId: contractRequest.subscriptionId,
      location: "westeurope",
      addressPrefix: "10.20.0.0/22",
    });
  });

  test("a spoke: seven steps with their resources, findings with remedy, no error", async () => {
    const { body } = await portal.call("GET", "/api/spokes/orders-prod", undefined, "reader");
    expect(body.steps.map((step: { number: number }) => step.number)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(body.error).toBeNull();
    for (const resource of body.resources)
      expect(Object.keys(resource)).toEqual(expect.arrayContaining(["id", "type", "steps", "action"]));
    for (const finding of body.findings)
      expect(Object.keys(finding)).toEqual(
        expect.arrayContaining(["code", "severity", "message", "resourceId", "remedy"]),
      );
  });

  test("unknown: 404", async () => {
    expect((await portal.call("GET", "/api/spokes/unknown-a")).status).toBe(404);
  });
});
