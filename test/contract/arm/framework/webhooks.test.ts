import { afterAll, beforeAll, expect, test } from "vitest";
import { httpsCall } from "../https-call.ts";
import { type LocalAzure, startLocalAzure } from "../local-azure.ts";

interface Received {
  readonly time: string;
  readonly name: string;
  readonly headers: Record<string, string>;
  readonly body: unknown;
}

let azure: LocalAzure;
beforeAll(async () => {
  azure = await startLocalAzure();
});
afterAll(() => azure?.stop());

const send = async (name: string, text: string) =>
  (
    await httpsCall(`${azure.url}/_local/webhooks/${name}`, azure.ca, {
      method: "POST",
      headers: { "content-type": "application/json", "x-kind": "alert" },
      text,
    })
  ).status;
const received = async (path = "webhooks") => (await azure.control<{ value: Received[] }>("GET", path)).value;

test("webhooks record what they are told, in order, each under its name, until it is forgotten", async () => {
  expect(await send("teams", '{"type":"message"}')).toBe(200);
  expect(await send("generic", "[1]")).toBe(200);
  expect(await received()).toMatchObject([
    { name: "teams", body: { type: "message" }, headers: { "x-kind": "alert" } },
    { name: "generic", body: [1] },
  ]);
  expect((await received("webhooks/generic")).map(({ body }) => body)).toEqual([[1]]);
  await azure.control("DELETE", "webhooks/teams");
  expect((await received()).map(({ name }) => name)).toEqual(["generic"]);
  await azure.control("DELETE", "webhooks");
  expect(await received()).toEqual([]);
});

test("they answer as they are told to, so many times, and record the call all the same", async () => {
  await azure.control("POST", "webhooks-behaviour", { name: "teams", status: 503, times: 2 });
  expect(await send("generic", "{}")).toBe(200);
  expect([await send("teams", "{}"), await send("teams", "{}"), await send("teams", "{}")]).toEqual([503, 503, 200]);
  expect(await received("webhooks/teams")).toHaveLength(3);
  await azure.control("POST", "webhooks-behaviour", { status: 500 });
  expect(await send("generic", "{}")).toBe(500);
  await azure.control("DELETE", "webhooks-behaviour");
  expect(await send("generic", "{}")).toBe(200);
});

test("what is no JSON, no name and no behaviour is refused", async () => {
  expect(await send("generic", "{")).toBe(400);
  expect((await httpsCall(`${azure.url}/_local/webhooks`, azure.ca, { method: "POST", text: "{}" })).status).toBe(400);
  expect((await httpsCall(`${azure.url}/_local/webhooks/a/b`, azure.ca, { method: "POST", text: "{}" })).status).toBe(
    501,
  );
  await expect(azure.control("POST", "webhooks-behaviour", { status: 99 })).rejects.toThrow("400");
});
