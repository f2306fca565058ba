import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AzurePorts } from "../../../shared/azure/ports.ts";
import { TransientError } from "../../../shared/domain/errors.ts";
import type { DesiredResource } from "../../../shared/domain/resource.ts";
import { type LocalAzure, startLocalAzure } from "../arm/local-azure.ts";
import { desired, location, networkId, newResourceGroup, portsFor, tags } from "./ports-under-test.ts";

const type = "Microsoft.Network/networkSecurityGroups";

/** As slow as Azure: an operation is under way for seconds, as one is that a killed app left behind. */
let azure: LocalAzure;
let ports: AzurePorts;
let group: string;
beforeAll(async () => {
  azure = await startLocalAzure({ speed: 1 });
  ports = portsFor(azure);
  group = await newResourceGroup(ports);
});
afterAll(() => azure.stop());

const wanted = (name: string) =>
  desired(type, networkId(group, "networkSecurityGroups", name), { location, tags, securityRules: [] });
const start = async (resource: DesiredResource, method = "PUT") => {
  const body = method === "PUT" ? { location, tags, properties: {} } : undefined;
  return azure.request(method, `${resource.id}?api-version=2026-01-01`, body);
};

describe("an owned resource with an operation under way", () => {
  test("is observed when a write has ended, in its final state", async () => {
    const nsg = wanted("nsg-written");
    expect((await start(nsg)).body).toMatchObject({ properties: { provisioningState: "Updating" } });
    const observed = await ports.resources[type].observe(nsg);
    expect(observed).toMatchObject({ provisioningState: "Succeeded", body: nsg.body });
  });

  test("is gone when a deletion has ended", async () => {
    const nsg = wanted("nsg-deleted");
    await start(nsg);
    await ports.resources[type].observe(nsg);
    expect((await start(nsg, "DELETE")).status).toBe(202);
    expect(await ports.resources[type].observe(nsg)).toBeNull();
  });

  test("is a transient trouble where patience ends first", async () => {
    const nsg = wanted("nsg-impatient");
    await start(nsg);
    let now = 0;
    const impatient = portsFor(azure, {
      patience: 3_000,
      now: () => now,
      sleep: async (milliseconds) => {
        now += milliseconds;
      },
    });
    const error = await impatient.resources[type].observe(nsg).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TransientError);
    expect((error as TransientError).failure).toMatchObject({ code: "StillUpdating", resourceId: nsg.id });
    expect(now).toBe(3_000);
  });

  test("that fails is told as failed", async () => {
    const nsg = wanted("nsg-failed");
    const match = { method: "PUT", pathRegex: "nsg-failed" };
    await azure.control("POST", "faults", { match, kind: "lro-superseded", times: 1 });
    await start(nsg);
    expect(await ports.resources[type].observe(nsg)).toMatchObject({ provisioningState: "Failed" });
  });
});

describe("a resource that is shared with others", () => {
  test("is told as it stands, because others' operations may never cease; who has the turn waits for them", async () => {
    const membership = { ...wanted("nsg-shared"), ownership: "membership" } as const;
    await start(membership);
    expect(await ports.resources[type].observe(membership)).toMatchObject({ provisioningState: "Updating" });
    expect(await ports.resources[type].settle?.(membership)).toMatchObject({ provisioningState: "Succeeded" });
  });
});
