import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readDemoRequest } from "../../../local/demo/demo-request.ts";
import { expectedResources } from "../../../local/demo/expected-resources.ts";
import { Portal } from "../../../local/demo/portal.ts";
import { verifySpoke } from "../../../local/demo/verify-spoke.ts";
import { type Stack, startStack } from "../../../local/stack/stack.ts";
import { eventually } from "./processes.ts";

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
}, 120_000);

afterAll(() => stack.stop());

test("a Functions host that is killed in the middle of a run finishes it after its restart, nothing created twice", async () => {
  const { text, request } = readDemoRequest();
  const portal = new Portal(stack);
  const path = `/api/spokes/${request.name}`;
  await portal.send("POST", "/api/spokes", text, "requester");
  await eventually("some of the resources stand", async () => {
    const { resources } = await portal.read(path, "reader");
    return resources.filter(({ status }) => status === "Succeeded").length >= 5;
  });
  const halfway = await portal.read(path, "reader");
  expect(halfway.resources.some(({ status }) => status === "Pending" || status === "Running")).toBe(true);

  await stack.killFunctionsHost();
  const spoke = await portal.follow(path, "reader", null, () => undefined);
  expect(spoke.error ?? null).toBeNull();
  expect(spoke.status).toBe("Succeeded");

  const platform = JSON.parse(readFileSync(stack.settings.PLATFORM_CONFIGURATION_FILE ?? "", "utf8"));
  expect((await verifySpoke(stack.azure, expectedResources(request, platform))).missing).toEqual([]);
  const created = (await stack.azure.recordedRequests())
    .filter(({ method, status }) => method === "PUT" && status === 201)
    .map(({ url }) => new URL(url, stack.azureUrl).pathname.toLowerCase());
  expect(created.length).toBeGreaterThan(15);
  expect(created.filter((one, index) => created.indexOf(one) !== index)).toEqual([]);
}, 90_000);
