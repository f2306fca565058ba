import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { AzurePorts } from "../../../shared/azure/ports.ts";
import { RefusedError } from "../../../shared/domain/errors.ts";
import { type LocalAzure, startLocalAzure } from "../arm/local-azure.ts";
import { desired, location, networkId, newResourceGroup, portsFor, tags } from "./ports-under-test.ts";

const type = "Microsoft.Network/networkSecurityGroups";

let azure: LocalAzure;
let ports: AzurePorts;
let group: string;
beforeAll(async () => {
  azure = await startLocalAzure();
  ports = portsFor(azure, { settling: 600_000 });
  group = await newResourceGroup(ports);
});
afterAll(() => azure.stop());
beforeEach(() => azure.control("DELETE", "faults"));

const wanted = (name: string) =>
  desired(type, networkId(group, "networkSecurityGroups", name), { location, tags, securityRules: [] });

async function fault(method: string, kind: string, more: object = {}) {
  const match = { method, pathRegex: "/(networkSecurityGroups|ipGroups)/" };
  await azure.control("POST", "faults", { match, kind, ...more });
}

describe("what is refused only until Azure knows everywhere what was made", () => {
  test.each([
    ["a read that says 404 after the write (the poller's last)", "GET", "not-yet-known", {}],
    ["a write into a resource group that the region does not know yet", "PUT", "not-yet-known", {}],
    ["a right that was granted just now (trap 22)", "PUT", "forbidden", {}],
    ["a token that ran out", "PUT", "token-expired", {}],
    [
      "a vault that does not let a young identity in",
      "PUT",
      "lro-failed",
      { error: { code: "ApplicationGatewayKeyVaultSecretException", message: "See details below:" } },
    ],
  ])("%s: made all the same", async (name, method, kind, more) => {
    const nsg = wanted(`nsg-${name.replaceAll(/\W+/g, "-")}`.slice(0, 40).replace(/-$/, ""));
    await fault(method, kind, { times: 2, ...more });
    await ports.resources[type].write(nsg, null);
    expect(await azure.control("GET", "faults")).toEqual({ value: [] });
    expect((await ports.resources[type].observe(nsg))?.body).toEqual(nsg.body);
  });

  test("a shared resource that Azure made and does not show yet is not written again and again", async () => {
    const ipGroup = "Microsoft.Network/ipGroups";
    const resource = {
      ...desired(ipGroup, networkId(group, "ipGroups", "ipg"), { location, ipAddresses: ["10.1.0.0/22"] }),
      ownership: "membership",
    } as const;
    await fault("GET", "not-yet-known", { times: 6 });
    await ports.resources[ipGroup].write(resource, null);
    expect((await ports.resources[ipGroup].observe(resource))?.body).toEqual(resource.body);
  });

  test("a permanent code of a failed operation is a refusal at once", async () => {
    await fault("PUT", "lro-failed", { error: { code: "InvalidResourceName", message: "no" } });
    const error = await ports.resources[type].write(wanted("nsg-no"), null).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RefusedError);
    expect((error as RefusedError).failure).toMatchObject({ code: "InvalidResourceName", message: "no" });
  });
});

describe("an operation that never ends", () => {
  test.each([
    ["PUT", "Microsoft.Network/networkSecurityGroups"],
    ["DELETE", "Microsoft.Network/networkSecurityGroups"],
  ])("%s is given up with what to do, asks no more, and the next attempt goes on from its end", async (method) => {
    const nsg = wanted(`nsg-stuck-${method.toLowerCase()}`);
    if (method === "DELETE") await ports.resources[type].write(nsg, null);
    await fault(method, "lro-stuck");
    const bounded = portsFor(azure, { operationLimit: () => 1_500 });
    const act = async (by: AzurePorts) =>
      method === "PUT" ? by.resources[type].write(nsg, null) : by.resources[type].remove(nsg.id);
    const error = await act(bounded).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RefusedError);
    expect((error as RefusedError).failure).toMatchObject({
      code: "OperationNotEnding",
      resourceId: nsg.id,
      remedy: expect.stringContaining("run again"),
    });

    await azure.control("DELETE", "requests");
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect((await azure.control<{ value: unknown[] }>("GET", "requests")).value).toEqual([]);

    await azure.control("DELETE", "faults");
    const observed = await ports.resources[type].observe(nsg);
    expect(observed?.provisioningState ?? null).toBe(method === "PUT" ? "Succeeded" : null);
  });
});
