import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { firstSubscription, type LocalAzure, startLocalAzure } from "../local-azure.ts";

const rg = `/subscriptions/${firstSubscription}/resourceGroups/rg-control`;
const groups = "api-version=2025-04-01";
const asg = (name: string) =>
  `${rg}/providers/Microsoft.Network/applicationSecurityGroups/${name}?api-version=2026-01-01`;
const here = { location: "westeurope" };

interface Recorded {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly body: unknown;
  readonly [other: string]: unknown;
}

let azure: LocalAzure;
beforeAll(async () => {
  azure = await startLocalAzure();
});
beforeEach(async () => {
  await azure.control("POST", "reset");
  await azure.request("PUT", `${rg}?${groups}`, here);
  await azure.control("DELETE", "requests");
});
afterAll(() => azure.stop());

const codeOf = (answer: { body: unknown }) => (answer.body as { error?: { code: string } }).error?.code;
const order = (kind: string, match: object, more = {}) =>
  azure.control<{ id: string }>("POST", "faults", { match, kind, ...more });
const recorded = async () => (await azure.control<{ value: Recorded[] }>("GET", "requests")).value;

describe("the seed", () => {
  it("shows what the contract promises", async () => {
    const seed = await azure.control<{
      subscriptions: { subscriptionId: string }[];
      groups: { id: string }[];
      users: { id: string }[];
      hubs: { location: string; virtualNetworkId: string; firewallPrivateIpAddress: string }[];
      locations: string[];
      storageAccounts: { id: string }[];
      workspace: { id: string; customerId: string };
    }>("GET", "seed");
    expect(seed.subscriptions).toHaveLength(30);
    expect(seed.subscriptions[0]?.subscriptionId).toBe(firstSubscription);
    expect(seed.groups[0]?.id).toBe("22222222-2222-2222-2222-222222222222");
    expect(seed.locations).toEqual(expect.arrayContaining(["westeurope", "northeurope", "swedencentral"]));
    for (const hub of seed.hubs) {
      const answer = await azure.request("GET", `${hub.virtualNetworkId}?api-version=2026-01-01`);
      expect(answer.body).toMatchObject({ location: hub.location, properties: { provisioningState: "Succeeded" } });
    }
    expect(seed.hubs.map((hub) => hub.firewallPrivateIpAddress)).toEqual(["10.0.0.4", "10.1.0.4"]);
  });

  it("stands as it says: firewalls with their addresses, accounts, workspace", async () => {
    const platform = azure.network("aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa");
    for (const [location, address] of [
      ["westeurope", "10.0.0.4"],
      ["northeurope", "10.1.0.4"],
    ] as const) {
      const firewall = await platform.azureFirewalls.get(`rg-hub-${location}`, `afw-hub-${location}`);
      expect(firewall.ipConfigurations?.[0]?.privateIPAddress).toBe(address);
    }
    const account = await azure
      .storage("aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa")
      .storageAccounts.getProperties("rg-platform-logs", "stflowlogsne");
    expect(account).toMatchObject({ location: "northeurope", allowSharedKeyAccess: true, minimumTlsVersion: "TLS1_2" });
    const { workspace } = await azure.control<{ workspace: { id: string; customerId: string } }>("GET", "seed");
    const shown = await azure.request("GET", `${workspace.id}?api-version=2025-07-01`);
    expect(shown.body).toMatchObject({ properties: { customerId: workspace.customerId } });
  });

  it("comes back with a reset", async () => {
    await azure.request("PUT", asg("a"), here);
    await azure.control("POST", "reset");
    expect((await azure.request("GET", `${rg}?${groups}`)).status).toBe(404);
  });
});

describe("recorded traffic", () => {
  it("has the fields of the contract, and no tokens", async () => {
    await azure.request("PUT", asg("a"), { ...here, tags: { a: "b" } });
    const [call] = await recorded();
    expect(call).toEqual({
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      method: "PUT",
      url: asg("a"),
      apiVersion: "2026-01-01",
      caller: "99999999-0000-4000-8000-000000000002",
      action: "Microsoft.Network/applicationSecurityGroups/write",
      body: { ...here, tags: { a: "b" } },
      status: 201,
      durationMs: expect.any(Number),
    });
    expect(JSON.stringify(await recorded())).not.toContain("Bearer");
  });

  it("holds every call but the control plane's, refused ones too, and no secret of a token request", async () => {
    await azure.request("GET", asg("none"));
    await azure.request("GET", "/v1.0/users/nobody");
    await azure.request("POST", "/99999999-9999-4999-8999-999999999999/oauth2/v2.0/token", undefined, {
      text: "client_secret=hush",
      authorized: false,
    });
    const calls = await recorded();
    expect(calls.map(({ status, url }) => [status, url.split("?")[0]])).toEqual([
      [404, asg("none").split("?")[0]],
      [400, "/v1.0/users/nobody"],
      [400, "/99999999-9999-4999-8999-999999999999/oauth2/v2.0/token"],
    ]);
    expect(JSON.stringify(calls)).not.toContain("hush");
  });

  it("survives a restart", async () => {
    const first = await startLocalAzure();
    await first.request("GET", `/subscriptions?${groups}`);
    await first.kill();
    await using second = await startLocalAzure({ dataDir: first.dataDir });
    expect((await second.control<{ value: unknown[] }>("GET", "requests")).value).toHaveLength(1);
  });
});

describe("faults", () => {
  it.each([
    ["429", 429, "TooManyRequests"],
    ["503", 503, "ServiceUnavailable"],
    ["409-another-operation", 409, "AnotherOperationInProgress"],
    ["forbidden", 403, "AuthorizationFailed"],
    ["locked", 409, "ScopeLocked"],
  ])("%s: refused before any effect, so often as ordered", async (kind, status, code) => {
    await order(kind, { method: "PUT", pathRegex: "/applicationSecurityGroups/" }, { times: 2, retryAfterSeconds: 3 });
    for (let n = 0; n < 2; n += 1) {
      const answer = await azure.request("PUT", asg("a"), here);
      expect([answer.status, codeOf(answer)]).toEqual([status, code]);
      if (status === 429 || status === 503) expect(answer.headers["retry-after"]).toBe("3");
      expect((await azure.request("GET", asg("a"))).status).toBe(404);
    }
    expect((await azure.request("PUT", asg("a"), here)).status).toBe(201);
  });

  it("429 without retryAfterSeconds has no Retry-After", async () => {
    await order("429", {});
    expect((await azure.request("GET", asg("a"))).headers["retry-after"]).toBeUndefined();
  });

  it("connection-reset: no answer, no effect", async () => {
    await order("connection-reset", { method: "PUT" });
    await expect(azure.request("PUT", asg("a"), here)).rejects.toThrow();
    expect((await azure.request("GET", asg("a"))).status).toBe(404);
  });

  it("timeout: the write happens, the answer never comes", async () => {
    await order("timeout", { method: "PUT" });
    await expect(azure.request("PUT", asg("a"), here)).rejects.toThrow();
    expect((await azure.request("GET", asg("a"))).status).toBe(200);
    expect((await recorded()).find(({ method }) => method === "PUT")?.status).toBe(0);
  });

  it("lro-failed and lro-superseded: accepted, then ended so, seen by the SDK client", async () => {
    const client = azure.network().applicationSecurityGroups;
    await order("lro-failed", { method: "PUT", pathRegex: "asg-failing" });
    await expect(client.createOrUpdate("rg-control", "asg-failing", here)).rejects.toThrow(/InternalServerError/);
    expect((await client.get("rg-control", "asg-failing")).provisioningState).toBe("Failed");
    await order("lro-superseded", { method: "PUT", pathRegex: "asg-failing" });
    await expect(client.createOrUpdate("rg-control", "asg-failing", here)).rejects.toThrow(/cancel/i);
    expect((await client.createOrUpdate("rg-control", "asg-failing", here)).provisioningState).toBe("Succeeded");
  });

  it("a fault of operations waits for a call that starts one", async () => {
    await order("lro-failed", {});
    await azure.request("GET", asg("a"));
    expect((await azure.control<{ value: unknown[] }>("GET", "faults")).value).toHaveLength(1);
    await azure.request("PUT", asg("a"), here);
    expect((await azure.control<{ value: unknown[] }>("GET", "faults")).value).toHaveLength(0);
  });

  it("are listed with what is left of them, and cleared", async () => {
    const { id } = await order("503", { method: "GET" }, { times: 3 });
    await azure.request("GET", asg("a"));
    const { value } = await azure.control<{ value: unknown[] }>("GET", "faults");
    expect(value).toEqual([
      { id, kind: "503", match: { method: "GET" }, times: 2, retryAfterSeconds: null, error: null },
    ]);
    await azure.control("DELETE", "faults");
    expect((await azure.request("GET", asg("a"))).status).toBe(404);
  });

  it.each([
    { kind: "earthquake" },
    { kind: "503", times: 0 },
    { kind: "503", match: { pathRegex: "(" } },
    { kind: "503", extra: 1 },
  ])("refuses the order %j", async (wrong) => {
    const answer = await azure.request("POST", "/_local/faults", wrong, { authorized: false });
    expect(answer.status).toBe(400);
  });
});

describe("what is no call of the control plane", () => {
  it.each([
    ["PUT", "events"],
    ["POST", "events/nonsense"],
    ["GET", "nonsense"],
  ])("%s /_local/%s answers 501", async (method, name) => {
    expect((await azure.request(method, `/_local/${name}`, undefined, { authorized: false })).status).toBe(501);
  });
});

describe("throttling on the wire", () => {
  it("counts down, refuses with 429 and Retry-After, and lets others pass", async () => {
    await using slow = await startLocalAzure({ speed: 0.01 });
    const read = (as?: string) =>
      slow.request("GET", `/subscriptions/${firstSubscription}?${groups}`, undefined, as === undefined ? {} : { as });
    const first = await read();
    expect(first.headers["x-ms-ratelimit-remaining-subscription-reads"]).toBe("249");
    const answers = await Promise.all(Array.from({ length: 260 }, () => read()));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(Number(refused[0]?.headers["retry-after"])).toBeGreaterThanOrEqual(1);
    expect((await read("77777777-7777-4777-8777-000000000001")).status).toBe(403);
  });
});
