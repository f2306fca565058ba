import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { startStack } from "../../../local/stack/stack.ts";
import { clearFaults, openFaults, orderFault } from "./ordered-faults.ts";
import { Portal, requestWith } from "./portal.ts";

let portal: Portal;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "outages-"));
  portal = new Portal(await startStack({ speed: 60, dataFolder: folder }));
  // From the first token on: good for half a minute, and taken for moments only.
  await control("POST", "tokens", { lifetimeSeconds: 30, servicesAheadSeconds: 28 });
}, 60_000);
afterAll(async () => {
  await portal?.stack.stop();
  await rm(folder, { recursive: true, force: true });
});
afterEach(() => clearFaults(portal));

async function control(method: string, name: string, body?: object): Promise<void> {
  const headers = { "content-type": "application/json" };
  const init = body === undefined ? { method } : { method, headers, body: JSON.stringify(body) };
  const answer = await portal.stack.fetchAzure(`/_local/${name}`, init);
  expect(answer.status).toBeLessThan(300);
}

const request = (place: number) =>
  requestWith({
    name: `outage-${place}`,
    addressPrefix: `10.${190 + place}.0.0/22`,
    subscriptionId: `11111111-1111-1111-1111-0000000000${10 + place}`,
  });

async function start(body: Record<string, unknown>): Promise<void> {
  await control("DELETE", "requests");
  const answer = await portal.call("POST", "/api/spokes", body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(202);
}

async function expectDone(body: Record<string, unknown>): Promise<void> {
  const view = await portal.settled(String(body.name), 45);
  expect(view.error).toBeNull();
  expect(view.steps.map(({ status }) => status)).toEqual(Array.from({ length: 7 }, () => "Succeeded"));
}

async function answered(method: string, status: number): Promise<string[]> {
  const requests = await portal.stack.azure.recordedRequests();
  return requests.filter((one) => one.method === method && one.status === status).map(({ url }) => url);
}

/** Writes that Azure took more than once: an operation that was begun anew although nothing was wrong with it. */
async function begunAnew(): Promise<string[]> {
  const taken = [...(await answered("PUT", 200)), ...(await answered("PUT", 201))].map((url) => url.toLowerCase());
  return taken.filter((url, index) => taken.indexOf(url) !== index && !/ipgroups|rulecollectiongroups/.test(url));
}

describe("tokens", () => {
  test("that run out in the middle of a run are taken anew", async () => {
    const body = request(1);
    await start(body);
    await expectDone(body);
    expect((await answered("GET", 401)).length).toBeGreaterThan(0);
    await control("POST", "tokens", {});
  }, 60_000);
});

test("polls of operations that go wrong in every way are asked again, and no operation begins anew", async () => {
  const body = request(2);
  const polls = { method: "GET", pathRegex: "/operations/", times: 8 };
  await orderFault(portal, { ...polls, kind: "429" });
  await orderFault(portal, { ...polls, kind: "429", retryAfterSeconds: 1 });
  await orderFault(portal, { ...polls, kind: "503" });
  await orderFault(portal, { ...polls, kind: "connection-reset" });
  await start(body);
  await expectDone(body);
  expect(await openFaults(portal)).toEqual([]);
  const polled = async (status: number) =>
    (await answered("GET", status)).filter((url) => /operations/.test(url)).length;
  expect([await polled(429), await polled(503), await polled(0)]).toEqual([16, 8, 8]);
  expect(await begunAnew()).toEqual([]);
}, 60_000);

describe("outages in the middle of a run", () => {
  test("Microsoft Graph: throttled, down, silent and without a connection, one after the other", async () => {
    const body = request(3);
    const reads = { method: "GET", pathRegex: "^/v1.0/identity/conditionalAccess" };
    for (const kind of ["503", "429", "timeout", "connection-reset"] as const) {
      await orderFault(portal, { ...reads, kind });
    }
    await start(body);
    await expectDone(body);
    expect(await openFaults(portal)).toEqual([]);
  }, 60_000);

  test("the state's storage account: gone, and silent for seconds", async () => {
    const body = request(4);
    await start(body);
    const [storage] = JSON.parse(readFileSync(join(folder, "stack.pids.json"), "utf8")).children as number[];
    await sleep(700);
    process.kill(storage ?? 0, "SIGSTOP");
    await sleep(3_000);
    process.kill(storage ?? 0, "SIGCONT");
    // Ended in order: when killed, Azurite forgets what it took in its last seconds, as Azure does not.
    process.kill(storage ?? 0, "SIGTERM");
    await expectDone(body);
    await portal.writesOfApp();
    await portal.provision(body, "PUT");
    expect(await portal.writesOfApp()).toEqual([]);
  }, 60_000);
});
