import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { AzurePorts } from "../../../shared/azure/ports.ts";
import { staticCidrId } from "../../../shared/spoke/static-cidr-id.ts";
import {
  appPrincipal,
  firstSubscription,
  type LocalAzure,
  platformSubscription,
  startLocalAzure,
} from "../arm/local-azure.ts";
import { portsFor } from "./ports-under-test.ts";

const manager = `/subscriptions/${platformSubscription}/resourceGroups/rg-platform-addresses/providers/Microsoft.Network/networkManagers/nm-platform`;
const poolId = `${manager}/ipamPools/pool-spokes`;

let azure: LocalAzure;
let ports: AzurePorts;

beforeAll(async () => {
  azure = await startLocalAzure({ rolesDir: join(import.meta.dirname, "../../../infra/roles") });
  ports = portsFor(azure, { credential: async () => azure.credential(appPrincipal) });
});
afterAll(() => azure.stop());

const idOf = (spoke: string, prefix: string) =>
  staticCidrId(poolId, prefix, { spoke, subscriptionId: firstSubscription, now: "2026-01-01T00:00:00.000Z" });
const reserve = (spoke: string, prefix: string) => ports.ipamPools.reserve(idOf(spoke, prefix), prefix, spoke);
const standing = async () => {
  const list = await azure.request("GET", `${poolId}/staticCidrs?api-version=2025-05-01`);
  return (list.body as { value: { name: string; properties: { addressPrefixes: string[] } }[] }).value;
};

test("as the app: taken once, told as taken, given back once", async () => {
  expect(await ports.ipamPools.usageOf(poolId)).toEqual({
    addressPrefixes: ["10.112.0.0/13"],
    availableAddressPrefixes: ["10.112.0.0/13"],
  });
  const prefix = "10.112.0.0/14";
  expect(await reserve("orders", prefix)).toBe(true);
  expect(await reserve("orders", prefix)).toBe(true);
  expect(await standing()).toMatchObject([{ properties: { addressPrefixes: [prefix] } }]);
  expect((await ports.ipamPools.usageOf(poolId)).availableAddressPrefixes).toEqual(["10.116.0.0/14"]);
  await ports.ipamPools.release(idOf("orders", prefix));
  await ports.ipamPools.release(idOf("orders", prefix));
  expect(await standing()).toEqual([]);
});

test("what somebody else holds a part of is not ours", async () => {
  expect(await reserve("first", "10.113.0.0/22")).toBe(true);
  expect(await reserve("second", "10.113.2.0/23")).toBe(false);
  expect(await reserve("second", "10.113.0.0/20")).toBe(false);
  expect((await standing()).filter(({ name }) => name.includes("second"))).toEqual([]);
});

test("of installations that want the same prefix at once, one gets it", async () => {
  const answers = await Promise.all(["a", "b", "c", "d", "e"].map((spoke) => reserve(spoke, "10.114.0.0/22")));
  expect(answers.filter(Boolean)).toHaveLength(1);
});

test.each(["429", "503", "409-another-operation", "timeout", "connection-reset"])(
  "a fault passes: %s",
  async (kind) => {
    const prefix = `10.115.${["429", "503", "409-another-operation", "timeout", "connection-reset"].indexOf(kind)}.0/24`;
    const match = (method: string) => ({ method, pathRegex: "staticCidrs/" });
    const fault = { kind, times: 1, retryAfterSeconds: 1 };
    await azure.control("POST", "faults", { ...fault, match: match("PUT") });
    expect(await reserve("faulty", prefix)).toBe(true);
    await azure.control("POST", "faults", { ...fault, match: match("DELETE") });
    await ports.ipamPools.release(idOf("faulty", prefix));
    expect((await standing()).filter(({ name }) => name.includes("faulty"))).toEqual([]);
  },
);

test("an operation that fails on the way back is repeated", async () => {
  expect(await reserve("back", "10.116.0.0/24")).toBe(true);
  const match = { method: "DELETE", pathRegex: "staticCidrs/" };
  await azure.control("POST", "faults", { match, kind: "lro-superseded", times: 1, retryAfterSeconds: null });
  await ports.ipamPools.release(idOf("back", "10.116.0.0/24"));
  expect((await standing()).filter(({ name }) => name.includes("back"))).toEqual([]);
});

test("outside the pool, a pool that does not stand, a missing right: refused with what to do", async () => {
  await expect(reserve("outside", "10.200.0.0/22")).rejects.toMatchObject({ name: "RefusedError" });
  await expect(ports.ipamPools.usageOf(`${manager}/ipamPools/none`)).rejects.toMatchObject({
    failure: { code: "IpamPoolMissing", resourceId: `${manager}/ipamPools/none` },
  });
  const [stranger] = (await azure.control<{ users: { id: string }[] }>("GET", "seed")).users;
  const strange = portsFor(azure, { credential: async () => azure.credential(stranger?.id) }).ipamPools;
  await expect(strange.usageOf(poolId)).rejects.toMatchObject({ failure: { code: "AuthorizationFailed" } });
  await expect(strange.reserve(idOf("x", "10.117.0.0/24"), "10.117.0.0/24", "x")).rejects.toMatchObject({
    failure: { code: "AuthorizationFailed" },
  });
});
