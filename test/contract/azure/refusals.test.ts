import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { AzurePorts } from "../../../shared/azure/ports.ts";
import { RefusedError, TransientError } from "../../../shared/domain/errors.ts";
import { firstGroup, type LocalAzure, startLocalAzure } from "../arm/local-azure.ts";
import { desired, location, networkId, newResourceGroup, portsFor, resourceGroupId, tags } from "./ports-under-test.ts";

const type = "Microsoft.Network/applicationSecurityGroups";

let azure: LocalAzure;
let ports: AzurePorts;
let group: string;

beforeAll(async () => {
  azure = await startLocalAzure();
  ports = portsFor(azure);
  group = await newResourceGroup(ports);
});
afterAll(() => azure.stop());
beforeEach(() => azure.control("DELETE", "faults"));

let count = 0;
function wanted() {
  count += 1;
  return desired(type, networkId(group, "applicationSecurityGroups", `asg-${count}`), { location, tags });
}

async function fault(kind: string, times: number, method = "PUT", retryAfterSeconds: number | null = null) {
  const match = { method, pathRegex: "applicationSecurityGroups" };
  await azure.control("POST", "faults", { match, kind, times, retryAfterSeconds });
}

describe("a trouble that passes is waited out", () => {
  test.each(["429", "503", "409-another-operation", "lro-superseded", "connection-reset", "timeout"])(
    "%s, twice",
    async (kind) => {
      await fault(kind, 2);
      const resource = wanted();
      await ports.resources[type].write(resource, null);
      expect((await ports.resources[type].observe(resource))?.body).toEqual(resource.body);
    },
  );

  test("one that lasts longer than patience becomes a TransientError about the resource", async () => {
    await fault("409-another-operation", 1_000);
    let now = 0;
    const impatient = portsFor(azure, {
      patience: 10_000,
      now: () => now,
      sleep: async (milliseconds) => {
        now += milliseconds + 1_000;
      },
    });
    const resource = wanted();
    const error = await impatient.resources[type].write(resource, null).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TransientError);
    expect((error as TransientError).failure).toMatchObject({
      code: "AnotherOperationInProgress",
      resourceId: resource.id,
    });
  });
});

describe("what is permanent is refused at once, with a remedy", () => {
  test("a lock", async () => {
    await fault("locked", 1);
    const error = await ports.resources[type].write(wanted(), null).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RefusedError);
    expect((error as RefusedError).failure.code).toBe("ScopeLocked");
  });

  test("an operation that failed after it was accepted, with Azure's own code", async () => {
    await fault("lro-failed", 1_000);
    const resource = wanted();
    const hasty = portsFor(azure, { patience: 0 });
    const error = await hasty.resources[type].write(resource, null).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ failure: { code: "InternalServerError", resourceId: resource.id } });
  });

  test("a missing right names the action to grant, and where", async () => {
    const seed = await azure.control<{ users: { id: string }[] }>("GET", "seed");
    const powerless = portsFor(azure, { credential: async () => azure.credential(seed.users[0]?.id) });
    const resource = wanted();
    const error = await powerless.resources[type].write(resource, null).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RefusedError);
    expect((error as RefusedError).failure).toMatchObject({
      code: "AuthorizationFailed",
      remedy: expect.stringMatching(/action Microsoft\.Network\/applicationSecurityGroups\/write on \/subscriptions/i),
    });
  });

  test("a missing right on a linked resource names that action and that resource, not what was permitted", async () => {
    const seed = await azure.control<{ users: { id: string }[] }>("GET", "seed");
    const user = seed.users[1]?.id ?? "";
    const scope = resourceGroupId(group);
    const { roleDefinitions, roleAssignments } = azure.authorization();
    const writer = randomUUID();
    await roleDefinitions.createOrUpdate(scope, writer, {
      roleName: `writer ${writer}`,
      permissions: [{ actions: ["Microsoft.Network/networkSecurityGroups/*"] }],
      assignableScopes: [scope],
    });
    const roleDefinitionId = `${scope}/providers/Microsoft.Authorization/roleDefinitions/${writer}`;
    await roleAssignments.create(scope, randomUUID(), { roleDefinitionId, principalId: user, principalType: "User" });
    const asg = networkId(group, "applicationSecurityGroups", "asg-linked");
    await ports.resources[type].write(desired(type, asg, { location, tags }), null);
    const nsgType = "Microsoft.Network/networkSecurityGroups";
    const nsg = desired(nsgType, networkId(group, "networkSecurityGroups", "nsg-linked"), {
      location,
      tags,
      securityRules: [
        {
          name: "Allow-Linked-Inbound",
          description: "",
          priority: 100,
          direction: "Inbound",
          access: "Allow",
          protocol: "Tcp",
          sourceAddressPrefixes: [],
          sourceApplicationSecurityGroupIds: [asg],
          sourcePortRanges: ["*"],
          destinationAddressPrefixes: ["*"],
          destinationApplicationSecurityGroupIds: [],
          destinationPortRanges: ["443"],
        },
      ],
    });
    const limited = portsFor(azure, { credential: async () => azure.credential(user) });
    const error = await limited.resources[nsgType].write(nsg, null).catch((thrown: unknown) => thrown);
    expect((error as RefusedError).failure).toMatchObject({
      code: "LinkedAuthorizationFailed",
      remedy: `Grant the tool's identity a role with the action Microsoft.Network/applicationSecurityGroups/joinNetworkSecurityRule/action on ${asg}; a role that was granted in the last ten minutes may need another run.`,
    });
  });

  test("a group that is gone", async () => {
    const resource = desired(type, networkId("rg-never-was", "applicationSecurityGroups", "asg"), { location, tags });
    expect(await ports.resources[type].observe(resource)).toBeNull();
    const error = await ports.resources[type].write(resource, null).catch((thrown: unknown) => thrown);
    expect((error as RefusedError).failure).toMatchObject({ code: "ResourceGroupNotFound", resourceId: resource.id });
  });

  test("a subscription that is none of ours is no mere absence", async () => {
    const id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg";
    const resource = desired("Microsoft.Resources/resourceGroups", id, { location, tags });
    await expect(ports.resources[resource.type].observe(resource)).rejects.toThrow(RefusedError);
  });
});

describe("directory", () => {
  test("tells a security group from a user, another principal and the unknown", async () => {
    const seed = await azure.control<{ users: { id: string }[] }>("GET", "seed");
    expect(await ports.directory.lookUpSecurityGroup(firstGroup)).toMatchObject({ kind: "security-group" });
    expect(await ports.directory.lookUpSecurityGroup(seed.users[0]?.id ?? "")).toEqual({ kind: "user" });
    expect(await ports.directory.lookUpSecurityGroup("55555555-5555-5555-5555-555555555555")).toEqual({
      kind: "service-principal",
    });
    expect(await ports.directory.lookUpSecurityGroup("00000000-0000-0000-0000-000000000000")).toEqual({
      kind: "unknown",
    });
  });
});

test("nothing is asked of Azure, and nobody signs in, before the first call", async () => {
  let signIns = 0;
  const lazy = portsFor(azure, {
    credential: async () => {
      signIns += 1;
      return azure.credential();
    },
  });
  expect(signIns).toBe(0);
  const resource = desired("Microsoft.Resources/resourceGroups", resourceGroupId(group), { location, tags: {} });
  await Promise.all([1, 2, 3].map(() => lazy.resources[resource.type].observe(resource)));
  expect(signIns).toBe(1);
});
