import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "./durable-calls.ts";
import { type HostProcess, startHostProcess, temporaryFolder } from "./host-process.ts";

interface SeenTimer {
  isPastDue: boolean;
  schedule: unknown;
  scheduleStatus: { last: string; next: string; lastUpdated: string };
}

let host: HostProcess;
beforeAll(async () => {
  host = await startHostProcess({ fixture: "triggers" });
});
afterAll(async () => {
  expect(await host.stop()).toBe(0);
});

async function seen<T>(name: string, at = host): Promise<T[]> {
  return (await (await fetch(`${at.url}/api/seen/${name}`)).json()) as T[];
}

const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`${host.url}${path}`, { method: "POST", body, headers });

describe("timers", () => {
  it("run by their schedule, and know when they run next", async () => {
    const runs = await until(
      () => seen<SeenTimer>("everySecond"),
      (value) => value.length >= 2,
    );
    expect(runs[1]).toMatchObject({ isPastDue: false, schedule: { adjustForDST: true } });
    const { last, next } = runs[1]?.scheduleStatus ?? { last: "", next: "" };
    expect(Date.parse(next)).toBeGreaterThan(Date.parse(last));
    expect(Date.parse(next) % 1000).toBe(0);
  });

  it("run at intervals", async () => {
    await until(
      () => seen("interval"),
      (value) => value.length >= 2,
    );
  });

  it("run at the start where asked for, and else wait", async () => {
    await until(
      () => seen("eager"),
      (value) => value.length === 1,
    );
    expect(await seen("nightly")).toEqual([]);
  });

  it("run on demand", async () => {
    expect((await post("/admin/functions/NIGHTLY", "{}", { "Content-Type": "application/json" })).status).toBe(202);
    const [timer] = await until(
      () => seen<SeenTimer>("nightly"),
      (value) => value.length === 1,
    );
    expect(new Date(timer?.scheduleStatus.next ?? "").getUTCHours()).toBe(3);
  });

  it("that were missed run when the host is back", async () => {
    const data = temporaryFolder();
    const first = await startHostProcess({ fixture: "triggers", data });
    await until(
      () => seen("everySecond", first),
      (value) => value.length > 0,
    );
    await first.kill();
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const second = await startHostProcess({ fixture: "triggers", data });
    const [run] = await until(
      () => seen<SeenTimer>("everySecond", second),
      (value) => value.length > 0,
    );
    expect(run?.isPastDue).toBe(true);
    await second.stop();
  });
});

describe("administration", () => {
  it("shows status and functions", async () => {
    expect(await (await fetch(`${host.url}/admin/host/status`)).json()).toEqual({ state: "Running" });
    const functions = (await (await fetch(`${host.url}/admin/functions`)).json()) as unknown[];
    expect(functions).toContainEqual({ name: "nightly", trigger: "timerTrigger" });
  });

  it.each([
    ["/admin/functions/nosuch", "{}", 404],
    ["/admin/functions/plain", "{}", 400],
    ["/admin/functions/onEvent", "not JSON", 400],
    ["/admin/elsewhere", "{}", 404],
  ])("POST %s with %s is %i", async (path, body, expected) => {
    expect((await post(path, body)).status).toBe(expected);
  });
});

describe("Event Grid", () => {
  const path = "/runtime/webhooks/eventgrid?functionName=onEvent";
  const deliver = (type: string, events: unknown, at = path) =>
    post(at, JSON.stringify(events), { "aeg-event-type": type });
  const event = (id: string, subject: string) => ({ id, subject, eventType: "T", data: { a: 1 }, dataVersion: "1" });

  it("proves the subscription", async () => {
    const response = await deliver("SubscriptionValidation", [{ data: { validationCode: "the code" } }]);
    expect([response.status, await response.json()]).toEqual([200, { validationResponse: "the code" }]);
    const options = await fetch(`${host.url}${path}`, {
      method: "OPTIONS",
      headers: { "WebHook-Request-Origin": "eventgrid.azure.net" },
    });
    expect([options.status, options.headers.get("webhook-allowed-origin")]).toEqual([200, "eventgrid.azure.net"]);
  });

  it("delivers each event once, in either schema", async () => {
    expect((await deliver("Notification", [event("1", "s"), event("2", "s")])).status).toBe(202);
    expect((await deliver("Notification", { specversion: "1.0", id: "3", source: "/s", type: "T" })).status).toBe(202);
    const given = await seen<{ id: string }>("onEvent");
    expect(given.map(({ id }) => id)).toEqual(["1", "2", "3"]);
    expect(given[0]).toEqual(event("1", "s"));
  });

  it("asks for another delivery when a call fails", async () => {
    expect((await deliver("Notification", [event("4", "fail")])).status).toBe(500);
  });

  it("answers the rest as the platform does", async () => {
    expect((await deliver("Unsubscribe", {})).status).toBe(202);
    expect((await deliver("Other", {})).status).toBe(400);
    expect((await post(path, "[]")).status).toBe(400);
    expect((await post(path, "[[", { "aeg-event-type": "Notification" })).status).toBe(400);
    expect((await deliver("SubscriptionValidation", [])).status).toBe(400);
    expect((await deliver("Notification", [], "/runtime/webhooks/eventgrid?functionName=plain")).status).toBe(404);
  });
});

describe("a host that stops", () => {
  it("answers what it was asked before", async () => {
    const other = await startHostProcess({ fixture: "triggers" });
    const answer = fetch(`${other.url}/api/slow`);
    await until(
      () => seen("slow", other),
      (value) => value.length > 0,
    );
    expect(await other.stop()).toBe(0);
    expect(await (await answer).text()).toBe("slow");
  });
});

describe("an app that cannot run whole", () => {
  it.each([
    ["blob", 'Function \\"onBlob\\" uses the trigger type \\"blobTrigger\\"'],
    ["queue", 'Function \\"onMessage\\": the setting \\"QUEUE_NAME\\" of the queue\'s name is missing.'],
    ["bad-route", 'Function \\"strange\\": The route constraint \\"nosuch\\" is not known.'],
    ["bad-schedule", 'Function \\"never\\": The schedule \\"every day\\" is not an NCRONTAB expression.'],
    ["throws", "the app cannot start"],
  ])("%s ends the host, which says why", async (fixture, reason) => {
    await expect(startHostProcess({ fixture })).rejects.toThrow(reason);
  });

  it("does not survive a rejection that nobody handles", async () => {
    const other = await startHostProcess({ fixture: "triggers" });
    await fetch(`${other.url}/api/rejectsLater`);
    await until(
      async () => other.log(),
      (log) => log.includes("nobody catches this"),
    );
    expect(await other.stop()).toBe(1);
  });
});
