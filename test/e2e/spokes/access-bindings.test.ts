import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startStack } from "../../../local/stack/stack.ts";
import { contractRequest, Portal, requestWith } from "./portal.ts";

const requesters = "66666666-6666-4666-8666-666666666666";
const otherSubscription = "11111111-1111-1111-1111-000000000002";
const otherManagers = "22222222-2222-2222-2222-000000000002";

const folder = mkdtempSync(join(tmpdir(), "bound-"));
let portal: Portal;

beforeAll(async () => {
  const sample = new URL("../../../platform-configuration.sample.json", import.meta.url);
  const configurationFile = join(folder, "platform-configuration.json");
  const binding = {
    requesterGroupId: requesters,
    subscriptionIds: [contractRequest.subscriptionId],
    networkManagersGroupIds: [contractRequest.networkManagersGroupId],
  };
  const configuration = { ...JSON.parse(readFileSync(sample, "utf8")), accessBindings: [binding] };
  writeFileSync(configurationFile, JSON.stringify(configuration));
  portal = new Portal(await startStack({ speed: 0, configurationFile }));
}, 120_000);

afterAll(async () => {
  await portal?.stack.stop();
  rmSync(folder, { recursive: true, force: true });
});

const request = (changes: object = {}) =>
  requestWith({ name: "bound-a", managementAccess: [], outboundAccess: [], ...changes }, { flows: [] });

test.each(["/api/spokes", "/api/spokes/plan"])("POST %s: only what the caller's groups are bound to", async (path) => {
  const post = (changes: object, user: string) => portal.call("POST", path, request(changes), user);
  for (const user of ["requester", "operator"]) {
    const subscription = await post({ subscriptionId: otherSubscription }, user);
    expect(subscription.status).toBe(403);
    expect(subscription.body.errors).toMatchObject([{ pointer: "/subscriptionId", code: "SubscriptionNotYours" }]);
    const managers = await post({ networkManagersGroupId: otherManagers }, user);
    expect(managers.status).toBe(403);
    expect(managers.body.errors).toMatchObject([{ pointer: "/networkManagersGroupId", code: "GroupNotYours" }]);
  }
  expect((await portal.call("GET", "/api/spokes/bound-a")).status).toBe(404);
});

test("PUT: its owner stays bound, whoever operates is not", async () => {
  expect((await portal.call("POST", "/api/spokes", request(), "requester")).status).toBe(202);
  expect((await portal.settled("bound-a")).status).toBe("Succeeded");
  const change = request({ networkManagersGroupId: otherManagers });
  const owner = await portal.call("PUT", "/api/spokes/bound-a", change, "requester");
  expect(owner.status).toBe(403);
  expect(owner.body.errors).toMatchObject([{ code: "GroupNotYours" }]);
  expect((await portal.call("POST", "/api/spokes/plan", change, "requester")).status).toBe(403);
  expect((await portal.call("POST", "/api/spokes/plan", change, "operator")).status).toBe(200);
  expect((await portal.call("PUT", "/api/spokes/bound-a", change, "operator")).status).toBe(202);
  expect((await portal.settled("bound-a")).status).toBe("Succeeded");
});
