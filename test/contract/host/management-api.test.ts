import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { finished, type InstanceLinks, post, raise, run, start, statusOf, until } from "./durable-calls.ts";
import { type HostProcess, startHostProcess } from "./host-process.ts";

const base = "/runtime/webhooks/durabletask";

let host: HostProcess;
let key: string;
beforeAll(async () => {
  host = await startHostProcess({ fixture: "durable" });
  const links = await start(host.url, "fan", 1);
  key = new URL(links.statusQueryGetUri).searchParams.get("code") ?? "";
  await finished(links);
});
afterAll(async () => {
  expect(await host.stop()).toBe(0);
});

const get = (path: string) => fetch(`${host.url}${base}${path}${path.includes("?") ? "&" : "?"}code=${key}`);

async function list(query: string): Promise<string[]> {
  const instances = (await (await get(`/instances?${query}`)).json()) as { instanceId: string }[];
  return instances.map(({ instanceId }) => instanceId);
}

async function client(method: string, ...args: unknown[]): Promise<{ value?: unknown; error?: string }> {
  const response = await fetch(`${host.url}/api/client/${method}`, { method: "POST", body: JSON.stringify(args) });
  return (await response.json()) as { value?: unknown; error?: string };
}

describe("the system key", () => {
  it.each([
    ["GET", "/instances"],
    ["GET", "/instances/x"],
    ["POST", "/orchestrators/fan"],
    ["DELETE", "/instances/x"],
    ["POST", "/instances/x/terminate"],
    ["POST", "/instances/x/raiseEvent/go"],
    ["GET", "/entities/counter/x"],
  ])("%s %s wants it", async (method, path) => {
    for (const query of ["", "?code=", "?code=wrong", `?code=${key.slice(1)}x`, `?code=${"é".repeat(key.length)}`]) {
      expect((await fetch(`${host.url}${base}${path}${query}`, { method })).status).toBe(401);
    }
  });

  it("may come as a header", async () => {
    const response = await fetch(`${host.url}${base}/instances`, { headers: { "x-functions-key": key } });
    expect(response.status).toBe(200);
  });

  it("guards the client's own path too", async () => {
    expect((await fetch(`${host.url}/runtime/rpc/wrong/instances/`)).status).toBe(404);
    expect((await fetch(`${host.url}/runtime/rpc/${key}/instances/`)).status).toBe(200);
  });

  it("opens this host's task hub only", async () => {
    expect((await get("/instances?taskHub=fixture")).status).toBe(200);
    expect((await get("/instances?taskHub=other")).status).toBe(400);
  });
});

describe("starting", () => {
  it("answers 202 with links, 400 for what cannot be started", async () => {
    const begin = (path: string, body?: string) =>
      fetch(`${host.url}${base}/orchestrators/${path}?code=${key}`, {
        method: "POST",
        ...(body !== undefined && { body }),
      });
    const response = await begin("pass/my%20id", '"hello"');
    const links = (await response.json()) as InstanceLinks;
    expect([response.status, links.id]).toEqual([202, "my id"]);
    expect((await finished(links)).output).toMatchObject({ value: "hello" });
    expect((await begin("nosuch")).status).toBe(400);
    expect((await begin("fan", "[[")).status).toBe(400);
    expect((await begin("fan/@an@entity")).status).toBe(400);
    const noInput = (await (await begin("pass")).json()) as InstanceLinks;
    expect((await finished(noInput)).output).toMatchObject({ value: "" });
  });

  it("refuses the id of an instance that is not over, and takes that of one that is", async () => {
    const links = await start(host.url, "events", null, "taken");
    await expect(start(host.url, "fan", 1, "taken")).rejects.toThrow();
    await post(links.suspendPostUri, null);
    await until(
      () => statusOf(links),
      ({ runtimeStatus }) => runtimeStatus === "Suspended",
    );
    expect((await client("startNew", "fan", { instanceId: "taken" })).error).toContain("409");
    await post(links.terminatePostUri, null);
    await finished(links);
    const again = await run(host.url, "fan", 2, "taken");
    expect(again).toMatchObject({ runtimeStatus: "Completed", input: 2 });
  });

  it.each([["a b"], ["ü€"], ["a:b;c=d"], ["a/b"], ["100%"], ["'quoted\""], ["a+b&c"], [`long-${"x".repeat(200)}`]])(
    "takes the id %j",
    async (id) => {
      const encoded = encodeURIComponent(id);
      const response = await fetch(`${host.url}${base}/orchestrators/events/${encoded}?code=${key}`, {
        method: "POST",
      });
      const links = (await response.json()) as InstanceLinks;
      expect([response.status, links.id]).toEqual([202, id]);
      const uri = `${host.url}${base}/instances/${encoded}`;
      const odd = {
        statusQueryGetUri: response.headers.get("location"),
        sendEventPostUri: `${uri}/raiseEvent/{eventName}?code=${key}`,
      } as InstanceLinks;
      for (const value of [1, 2, 3]) {
        expect(await raise(odd, "next", value)).toBe(202);
      }
      expect((await finished(odd)).output).toEqual([1, 2, 3]);
    },
  );
});

describe("an instance", () => {
  it("is terminated, and then gone for events", async () => {
    const links = await start(host.url, "events", null);
    expect(await post(links.terminatePostUri.replace("{text}", "enough"), null)).toBe(202);
    expect(await finished(links)).toMatchObject({ runtimeStatus: "Terminated", output: "enough" });
    expect(await raise(links, "next", 1)).toBe(410);
    expect(await post(links.terminatePostUri, null)).toBe(410);
  });

  it("that is suspended keeps its events until it is resumed", async () => {
    const links = await start(host.url, "events", null);
    await post(links.suspendPostUri, null);
    await until(
      () => statusOf(links),
      ({ runtimeStatus }) => runtimeStatus === "Suspended",
    );
    for (const value of [1, 2, 3]) {
      expect(await raise(links, "next", value)).toBe(202);
    }
    expect(await statusOf(links)).toMatchObject({ runtimeStatus: "Suspended", customStatus: null });
    await post(links.resumePostUri, null);
    expect((await finished(links)).output).toEqual([1, 2, 3]);
  });

  it("is purged when it is over, not before", async () => {
    const links = await start(host.url, "events", null);
    const purge = () => fetch(links.purgeHistoryDeleteUri, { method: "DELETE" });
    expect((await purge()).status).toBe(412);
    await post(links.terminatePostUri, null);
    await finished(links);
    const response = await purge();
    expect([response.status, await response.json()]).toEqual([200, { instancesDeleted: 1 }]);
    expect((await fetch(links.statusQueryGetUri)).status).toBe(404);
    expect((await purge()).status).toBe(404);
  });

  it("that is missing is 404, what it does not do 501, what it does not know 400 or 404", async () => {
    expect((await get("/instances/missing")).status).toBe(404);
    const links = await start(host.url, "fan", 1);
    await finished(links);
    expect(await post(links.rewindPostUri, null)).toBe(501);
    expect(await post(links.rewindPostUri.replace("rewind", "explode"), null)).toBe(404);
    const response = await fetch(links.sendEventPostUri, { method: "POST", body: "[[" });
    expect(response.status).toBe(400);
    expect((await get("/nothing")).status).toBe(404);
  });

  it("hides its input and shows its failure as asked", async () => {
    const links = await start(host.url, "failing", "why");
    expect((await finished(links)).input).toBe("why");
    expect((await statusOf(links, "showInput=false")).input).toBeNull();
    expect((await fetch(links.statusQueryGetUri)).status).toBe(200);
    expect((await fetch(`${links.statusQueryGetUri}&returnInternalServerErrorOnFailure=true`)).status).toBe(500);
  });
});

describe("many instances", () => {
  it("are listed by state, time and prefix, page by page", async () => {
    await Promise.all(["m-1", "m-2", "m-3"].map((id) => run(host.url, "fan", 1, id)));
    const waiting = await start(host.url, "events", null, "m-4");
    expect(await list("instanceIdPrefix=m-")).toEqual(["m-1", "m-2", "m-3", "m-4"]);
    expect(await list("instanceIdPrefix=m-&runtimeStatus=Completed,Failed")).toEqual(["m-1", "m-2", "m-3"]);
    expect(await list(`createdTimeFrom=${new Date(Date.now() + 60_000).toISOString()}`)).toEqual([]);
    expect((await get("/instances?createdTimeTo=yesterday")).status).toBe(400);
    expect((await get("/instances?top=many")).status).toBe(400);
    const page = await get("/instances?instanceIdPrefix=m-&top=3");
    const token = page.headers.get("x-ms-continuation-token") ?? "";
    const next = await fetch(`${host.url}${base}/instances?instanceIdPrefix=m-&top=3&code=${key}`, {
      headers: { "x-ms-continuation-token": token },
    });
    expect(await next.json()).toMatchObject([{ instanceId: "m-4" }]);
    expect(next.headers.get("x-ms-continuation-token")).toBeNull();
    await post(waiting.terminatePostUri, null);
  });

  it("are purged by a filter", async () => {
    const links = await start(host.url, "failing", "x", "purged-failing");
    await finished(links);
    const purge = (query: string) => fetch(`${host.url}${base}/instances?code=${key}&${query}`, { method: "DELETE" });
    expect((await purge("runtimeStatus=Failed")).status).toBe(400);
    const from = "createdTimeFrom=2020-01-01T00:00:00Z";
    expect((await purge(`${from}&runtimeStatus=Failed`)).status).toBe(200);
    expect((await purge(`${from}&runtimeStatus=Failed`)).status).toBe(404);
    expect((await fetch(links.statusQueryGetUri)).status).toBe(404);
  });
});

describe("the SDK's client", () => {
  it("does everything it offers", async () => {
    const { value: id } = await client("startNew", "events", { input: { a: 1 } });
    expect((await client("getStatus", id)).value).toMatchObject({ instanceId: id, input: { a: 1 }, output: null });
    expect(await client("suspend", id, "wait")).toEqual({});
    expect(await client("resume", id, "go")).toEqual({});
    expect(await client("raiseEvent", id, "next", { b: 2 })).toEqual({});
    expect(await client("terminate", id, "done")).toEqual({});
    await until(
      () => client("getStatus", id),
      ({ value }) => (value as { runtimeStatus: string }).runtimeStatus === "Terminated",
    );
    expect((await client("getStatusBy", { runtimeStatus: ["Terminated"] })).value).toContainEqual(
      expect.objectContaining({ instanceId: id }),
    );
    expect((await client("getStatusAll")).value).toContainEqual(expect.objectContaining({ instanceId: id }));
    expect((await client("purgeInstanceHistory", id)).value).toEqual({ instancesDeleted: 1 });
    expect((await client("getStatus", id)).error).toContain("404");
    expect((await client("raiseEvent", id, "next", 1)).error).toContain("No instance");
    expect((await client("rewind", id, "why")).error).toContain("No instance");
    expect((await client("startNew", "nosuch")).error).toContain("400");
    expect((await client("signalEntity", { name: "nosuch", key: "k" }, "op")).error).toContain("400");
  });

  it("reads every page of a long list", async () => {
    await Promise.all(
      Array.from({ length: 120 }, (_, index) => client("startNew", "fan", { instanceId: `page-${index}`, input: 1 })),
    );
    const { value } = await client("getStatusAll");
    const ids = (value as { instanceId: string }[]).filter(({ instanceId }) => instanceId.startsWith("page-"));
    expect(new Set(ids.map(({ instanceId }) => instanceId)).size).toBe(120);
  });

  it("lists entities", async () => {
    await client("signalEntity", { name: "Counter", key: "listed" }, "add", 3);
    const entities = await until(
      async () => (await get("/entities/counter?fetchState=true")).json(),
      (value) => JSON.stringify(value).includes("listed"),
    );
    expect(entities).toContainEqual(
      expect.objectContaining({ entityId: { name: "counter", key: "listed" }, state: 3 }),
    );
    expect((await get("/entities/counter/listed/")).status).toBe(200);
    expect((await get("/entities/counter/missing")).status).toBe(404);
  });
});
