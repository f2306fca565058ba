import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { TransientError } from "../../../shared/domain/errors.ts";
import { type LocalAzure, startLocalAzure } from "../arm/local-azure.ts";
import { desired, location, networkId, newResourceGroup, portsFor, tags } from "./ports-under-test.ts";
import { statusesOf } from "./recorded-requests.ts";

const type = "Microsoft.Network/networkSecurityGroups";

let azure: LocalAzure;
let group: string;
beforeAll(async () => {
  azure = await startLocalAzure();
  group = await newResourceGroup(portsFor(azure));
});
afterAll(() => azure.stop());
beforeEach(() => azure.control("DELETE", "faults"));

const wanted = (name: string) =>
  desired(type, networkId(group, "networkSecurityGroups", name), { location, tags, securityRules: [] });

const throttle = (kind: string, method: string, pathRegex: string, retryAfterSeconds: number) =>
  azure.control("POST", "faults", { match: { method, pathRegex }, kind, times: 1, retryAfterSeconds });

test.each([
  ["429", "GET"],
  ["503", "GET"],
  ["429", "PUT"],
  ["503", "PUT"],
])("%s on a %s with a Retry-After beyond all patience is told as what passes, at once", async (kind, method) => {
  const nsg = wanted(`nsg-${method}-${kind}`.toLowerCase());
  await throttle(kind, method, nsg.id, 4_000);
  const { observe, write } = portsFor(azure).resources[type];
  const asked: Promise<unknown> = method === "GET" ? observe(nsg) : write(nsg, null);
  const error = await asked.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(TransientError);
  expect((error as TransientError).failure).toMatchObject({ resourceId: nsg.id });
  expect(await statusesOf(azure, method, nsg.id)).toEqual([Number(kind)]);
});

test("one that the patience of the call covers is waited out", async () => {
  const nsg = wanted("nsg-patient");
  await throttle("429", "PUT", nsg.id, 2);
  await portsFor(azure, { patience: 3_000 }).resources[type].write(nsg, null);
  expect(await statusesOf(azure, "PUT", nsg.id)).toEqual([429, 201]);
});

test("a look at an operation is waited out however long, so that the write is not begun anew", async () => {
  const nsg = wanted("nsg-operation");
  await throttle("429", "GET", "/operations/", 2);
  await portsFor(azure, { patience: 1_000 }).resources[type].write(nsg, null);
  expect(await statusesOf(azure, "GET", "/operations/")).toContain(429);
  expect(await statusesOf(azure, "PUT", nsg.id)).toEqual([201]);
});
