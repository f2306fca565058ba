import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { configuredStack } from "./configured-stack.ts";
import { requestWith } from "./portal.ts";

const ipamPoolId =
  "/subscriptions/aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa/resourceGroups/rg-platform-addresses/providers/Microsoft.Network/networkManagers/nm-platform/ipamPools/pool-spokes";

let run: Awaited<ReturnType<typeof configuredStack>>;

beforeAll(async () => {
  run = await configuredStack({
    approval: { required: true, expiresAfter: "PT1H" },
    addressPools: { westeurope: { ipamPoolId, addressPrefixes: ["10.112.0.0/22"] } },
  });
}, 120_000);

afterAll(() => run?.stop());

const prefixes = async () =>
  (await run.portal.arm("GET", `${ipamPoolId}/staticCidrs`)).body.value.flatMap(
    (cidr: { properties: { addressPrefixes: string[] } }) => cidr.properties.addressPrefixes,
  );

async function until(name: string, status: string) {
  while ((await run.portal.call("GET", `/api/spokes/${name}`)).body.status !== status) await sleep(50);
}

test("a request that waits for approval holds its prefix in the pool; rejected, it gives it back", async () => {
  const request = (name: string) =>
    requestWith(
      { name, addressPrefix: undefined, managementAccess: [], outboundAccess: [] },
      { flows: [], hostName: undefined, certificateSecretId: undefined },
    );
  expect((await run.portal.call("POST", "/api/spokes", request("waits"), "requester")).status).toBe(202);
  await until("waits", "AwaitingApproval");
  expect(await prefixes()).toEqual(["10.112.0.0/22"]);
  expect((await run.portal.call("POST", "/api/spokes", request("second"), "requester")).status).toBe(409);
  const decision = { decision: "reject", comment: "no" };
  expect((await run.portal.call("POST", "/api/spokes/waits/approval", decision, "approver")).status).toBe(202);
  await until("waits", "Rejected");
  expect(await prefixes()).toEqual([]);
  expect((await run.portal.call("POST", "/api/spokes", request("second"), "requester")).status).toBe(202);
}, 90_000);
