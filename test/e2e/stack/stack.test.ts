import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Stack, startStack } from "../../../local/stack/stack.ts";
import { eventually, isRunning } from "./processes.ts";

let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ speed: 0 });
}, 120_000);

afterAll(() => stack.stop());

function stackFile(of: Stack) {
  return JSON.parse(readFileSync(of.stackFile, "utf8"));
}

test("stack.json says where both are, and both answer there", async () => {
  expect(stackFile(stack)).toEqual({
    functions: { url: stack.functionsUrl, pid: stack.functionsPid },
    azure: { url: stack.azureUrl, pid: stack.azurePid, caFile: stack.caFile },
  });
  expect((await stack.fetchFunctions("/api/openapi.json", "reader")).status).toBe(200);
  const subscriptions = await stack.azure.read("/subscriptions", "2022-12-01");
  expect(subscriptions).toHaveProperty("value");
});

test("a Functions host that is killed is replaced at the same address, and stack.json names the new one", async () => {
  const before = stackFile(stack).functions;
  await stack.killFunctionsHost();
  const after = stackFile(stack).functions;
  expect(after.url).toBe(before.url);
  expect(after.pid).not.toBe(before.pid);
  expect(isRunning(before.pid)).toBe(false);
  expect((await stack.fetchFunctions("/api/openapi.json", "reader")).status).toBe(200);
});

test("local Azure that is killed is replaced at the same address and still knows what stood", async () => {
  const before = stackFile(stack).azure;
  const path = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-kept";
  const headers = { authorization: `Bearer ${await stack.ownerToken()}`, "content-type": "application/json" };
  const body = JSON.stringify({ location: "westeurope" });
  const made = await stack.fetchAzure(`${path}?api-version=2025-04-01`, { method: "PUT", headers, body });
  expect(made.status).toBe(201);
  process.kill(before.pid, "SIGKILL");
  await eventually("stack.json names the new one", () => stackFile(stack).azure.pid !== before.pid);
  expect(stackFile(stack).azure.url).toBe(before.url);
  expect(await stack.azure.read(path, "2025-04-01")).toHaveProperty("name", "rg-kept");
});

test("a second stack on the same folder is refused, on another one it runs beside the first", async () => {
  await expect(startStack({ dataFolder: stack.dataFolder })).rejects.toThrow("Another stack");
  await using second = await startStack({ azureOnly: true, speed: 0 });
  expect(second.azureUrl).not.toBe(stack.azureUrl);
  const { functions, settings } = stackFile(second);
  expect(functions).toBeUndefined();
  expect(settings).toMatchObject({
    AzureWebJobsStorage: expect.stringContaining("AccountName=devstoreaccount1"),
    FUNCTIONS_WORKER_RUNTIME: "node",
    WEBSITE_AUTH_ENABLED: "True",
    AZURE_RESOURCE_MANAGER_ENDPOINT: second.azureUrl,
    NODE_EXTRA_CA_CERTS: second.caFile,
  });
  expect(existsSync(settings.PLATFORM_CONFIGURATION_FILE)).toBe(true);
  const identity = `${settings.IDENTITY_ENDPOINT}?api-version=2019-08-01&resource=https%3A%2F%2Fmanagement.azure.com&client_id=${settings.AZURE_CLIENT_ID}`;
  const headers = { "x-identity-header": settings.IDENTITY_HEADER };
  const token = settings.IDENTITY_ENDPOINT.startsWith(second.azureUrl)
    ? await second.fetchAzure(identity, { headers })
    : await fetch(identity, { headers });
  expect(await token.json()).toHaveProperty("access_token");
}, 60_000);
