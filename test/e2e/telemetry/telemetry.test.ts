import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startStack } from "../../../local/stack/stack.ts";
import { changesOf, makeRule, openRule, until } from "../enforcement/watching.ts";
import { contractRequest, idsOf, Portal, requestWith } from "../spokes/portal.ts";

interface TelemetryItem {
  readonly tags: Readonly<Record<string, string>>;
  readonly data: { readonly baseType: string; readonly baseData: Readonly<Record<string, unknown>> };
}

const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
const correlationId = "4bf92f35-77b3-4da6-a3ce-929d0e0e4736";
const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
const secrets = { signature: "s3cr3tsignature", token: "eyJhbGciOiJub25lIn0.eyJvaWQiOiJzM2NyM3QifQ.s3cr3t" };
const { nsg } = idsOf("orders-prod");

let portal: Portal;
let answered: Headers;

beforeAll(async () => {
  portal = new Portal(await startStack({ speed: 0, enforcementMode: "enforce", telemetry: true }));
  const asked = await portal.call("POST", "/api/spokes", contractRequest, "operator", { traceparent });
  answered = asked.headers;
  expect((await portal.settled("orders-prod")).status).toBe("Succeeded");
}, 120_000);

afterAll(() => portal?.stack.stop());

async function telemetry(): Promise<readonly TelemetryItem[]> {
  const response = await portal.stack.fetchAzure("/_local/telemetry");
  return ((await response.json()) as { value: TelemetryItem[] }).value;
}

/** Lines that the app itself wrote to the host's log. */
function appLines(): readonly string[] {
  const lines = readFileSync(join(portal.stack.dataFolder, "logs", "functions.log"), "utf8").split("\n");
  return lines.flatMap((line) => {
    if (!line.startsWith("{")) return [];
    const { msg, category } = JSON.parse(line) as { msg?: string; category?: string };
    return category === "user" ? [msg ?? ""] : [];
  });
}

const metricNames = async () =>
  new Set(
    (await telemetry()).flatMap(({ data }) =>
      data.baseType === "MetricData" ? [(data.baseData.metrics as { name: string }[])[0]?.name ?? ""] : [],
    ),
  );
/** Exported once a second. */
const metric = (name: string) => until(`the metric ${name}`, async () => (await metricNames()).has(name));

describe("a run belongs to the trace of who asked for it", () => {
  test("the answer and the spoke name it as Azure does", async () => {
    expect(answered.get("x-ms-correlation-request-id")).toBe(correlationId);
    expect((await portal.call("GET", "/api/spokes/orders-prod")).body.correlationId).toBe(correlationId);
  });

  test("call, activities and every write to Azure are one trace, in order", async () => {
    const named = (items: readonly TelemetryItem[], name: string) =>
      items.filter(({ data, tags }) => data.baseData.name === name && tags["ai.operation.id"] === traceId);
    const items = await until("finishRun's span", async () => {
      const all = await telemetry();
      return named(all, "finishRun").length > 0 && all;
    });
    expect(named(items, "requestSpoke")).toHaveLength(1);
    const [network] = named(items, "PUT Microsoft.Network/virtualNetworks");
    const parent = named(items, "applyResource").find(
      ({ data }) => data.baseData.id === network?.tags["ai.operation.parentId"],
    );
    expect(parent?.data.baseData.properties).toMatchObject({ spoke: "orders-prod" });
    const writes = items.filter(({ data }) => String(data.baseData.name).startsWith("PUT "));
    expect(writes.length).toBeGreaterThan(30);
    expect(writes.filter(({ tags }) => tags["ai.operation.id"] !== traceId)).toEqual([]);
  });

  test("Azure's own events of its writes carry the id", async () => {
    const other = { traceparent: "00-bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb-00f067aa0ba902b7-01" };
    const changed = requestWith({ tags: { owner: "others" } });
    expect((await portal.call("PUT", "/api/spokes/orders-prod", changed, "operator", other)).status).toBe(202);
    expect((await portal.settled("orders-prod")).status).toBe("Succeeded");
    const told = await until("an event of the change", async () => {
      const response = await portal.stack.fetchAzure("/_local/events");
      const text = await response.text();
      return text.includes("bbbbbbbb-bbbb-bbbb-bbbb-bbbbbbbbbbbb") && text;
    });
    expect(told).toContain("Microsoft.Network/networkSecurityGroups/write");
  });
});

describe("the log", () => {
  test("says spoke, operation and correlation id in every line of the app's", async () => {
    const lines = appLines();
    expect(lines.length).toBeGreaterThan(40);
    const form = /\[spoke=(?:-|[\w-]+) operation=\w+ correlationId=(?:-|[0-9a-f-]{36})\]$/;
    expect(lines.filter((line) => !form.test(line))).toEqual([]);
    expect(
      lines.filter((line) => line.includes(`spoke=orders-prod operation=applyResource correlationId=${correlationId}`))
        .length,
    ).toBeGreaterThan(30);
  });

  test("reaches Application Insights with the same, as columns", async () => {
    const message = await until("a line", async () =>
      (await telemetry()).find(
        ({ data }) => data.baseType === "MessageData" && String(data.baseData.message).includes("is done"),
      ),
    );
    expect(message.tags["ai.operation.id"]).toBe(traceId);
    expect(message.data.baseData.properties).toMatchObject({
      spoke: "orders-prod",
      operation: "finishRun",
      correlationId,
    });
  });
});

describe("metrics", () => {
  test("how long steps and runs take; calls to Azure", async () => {
    await metric("zero_trust.provision.step.duration");
    await metric("zero_trust.provision.duration");
    await metric("zero_trust.arm.calls");
  });

  test("throttled calls", async () => {
    const fault = {
      match: { method: "GET", pathRegex: "virtualNetworks" },
      kind: "429",
      times: 1,
      retryAfterSeconds: 1,
    };
    await portal.stack.fetchAzure("/_local/faults", { method: "POST", body: JSON.stringify(fault), headers: json });
    expect((await portal.call("GET", "/api/spokes/orders-prod/connectivity")).status).toBe(200);
    await metric("zero_trust.arm.throttles");
  });

  test("drift that an event told, and how soon it was restored", async () => {
    await makeRule(portal, `${nsg("data")}/securityRules/by-hand`, openRule(100, "1433"));
    await until("it is restored", async () => (await changesOf(portal)).find(({ status }) => status === "Restored"));
    await metric("zero_trust.drift.found");
    await metric("zero_trust.drift.restored");
    await metric("zero_trust.event_to_restore");
  });
});

test("no secret reaches a log, an answer or the telemetry, whatever Azure says", async () => {
  const error = {
    code: "StrangeFailure",
    message: `Refused https://st.blob.core.windows.net/c?sv=1&sig=${secrets.signature} with Bearer ${secrets.token}`,
  };
  const fault = { match: { method: "PUT", pathRegex: "networkSecurityGroups" }, kind: "lro-failed", times: 50, error };
  await portal.stack.fetchAzure("/_local/faults", { method: "POST", body: JSON.stringify(fault), headers: json });
  const failing = requestWith(
    { name: "failing-a", addressPrefix: "10.40.0.0/22" },
    { hostName: undefined, certificateSecretId: undefined },
  );
  expect((await portal.call("POST", "/api/spokes", failing)).status).toBe(202);
  const view = await portal.settled("failing-a");
  await portal.stack.fetchAzure("/_local/faults", { method: "DELETE" });
  expect(view.status).toBe("Failed");
  expect(JSON.stringify(view)).toContain("StrangeFailure");
  const exported = await until("the failure in the telemetry", async () => {
    const text = JSON.stringify(await telemetry());
    return text.includes("StrangeFailure") && text;
  });
  const log = readFileSync(join(portal.stack.dataFolder, "logs", "functions.log"), "utf8");
  expect(log).toContain("StrangeFailure");
  const { IDENTITY_HEADER = "?", AzureWebJobsStorage = "" } = portal.stack.settings;
  const key = /AccountKey=([^;]+)/.exec(AzureWebJobsStorage)?.[1] ?? "?";
  for (const [where, text] of Object.entries({ log, exported, answer: JSON.stringify(view) })) {
    for (const secret of [...Object.values(secrets), IDENTITY_HEADER, key, "eyJ"]) {
      expect(text.includes(secret), `${where} holds ${secret}`).toBe(false);
    }
  }
});

const json = { "content-type": "application/json" };
