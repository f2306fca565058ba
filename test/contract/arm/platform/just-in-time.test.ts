import { rm } from "node:fs/promises";
import type { JitNetworkAccessPolicy } from "@azure/arm-security";
import type { RestError } from "@azure/core-rest-pipeline";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { firstSubscription, type LocalAzure, startLocalAzure } from "../local-azure.ts";
import { inbound, type Machine, makeMachine, setServersPlan } from "./defender-fixture.ts";
import { collect } from "./resources.ts";

let azure: LocalAzure;
beforeAll(async () => {
  azure = await startLocalAzure();
  await setServersPlan(azure, "P2");
});
afterAll(async () => {
  await azure.stop();
  await rm(azure.dataDir, { recursive: true, force: true });
});

interface Rule {
  readonly name: string;
  readonly properties: Record<string, unknown>;
}

const ssh = { number: 22, protocol: "*", allowedSourceAddressPrefix: "*", maxRequestAccessDuration: "PT3H" };
const rdp = {
  number: 3389,
  protocol: "TCP",
  allowedSourceAddressPrefix: "10.0.1.0/26",
  maxRequestAccessDuration: "PT1H",
};
const policyOf = ({ id }: Machine, ports: (typeof ssh)[] = [ssh]): JitNetworkAccessPolicy => ({
  kind: "Basic",
  virtualMachines: [{ id, ports }],
});
const groupOf = ({ group }: Machine) => group.split("/").at(-1) ?? "";
const put = (machine: Machine, policy: JitNetworkAccessPolicy) =>
  azure.security().jitNetworkAccessPolicies.createOrUpdate(groupOf(machine), "westeurope", "default", policy);
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000);

async function rulesOf(nsgId: string): Promise<readonly Rule[]> {
  const { body } = await azure.request("GET", `${nsgId}?api-version=2026-01-01`);
  return (body as { properties: { securityRules: Rule[] } }).properties.securityRules;
}

async function refusal(work: Promise<unknown>): Promise<[number | undefined, string]> {
  try {
    await work;
  } catch (error) {
    const { statusCode, message } = error as RestError;
    return [statusCode, message];
  }
  throw new Error("it was not refused");
}

describe("a just-in-time policy", () => {
  test("writes its denial with Defender's name and habits, and takes it along", async () => {
    const machine = await makeMachine(azure, "jit-one", { rules: [] });
    const made = await put(machine, policyOf(machine, [ssh, rdp]));
    expect(made).toMatchObject({
      name: "default",
      kind: "Basic",
      location: "westeurope",
      provisioningState: "Succeeded",
      requests: [],
    });
    const [denial, ...others] = await rulesOf(machine.nsgId);
    expect(others).toEqual([]);
    expect(denial?.name).toMatch(/^SecurityCenter-JITRule_-?\d+_[0-9A-F]{32}$/);
    expect(denial?.properties).toMatchObject({
      description: "ASC JIT Network Access rule for policy 'default' of VM 'jit-one'.",
      access: "Deny",
      direction: "Inbound",
      priority: 4096,
      protocol: "*",
      sourceAddressPrefix: "*",
      sourcePortRange: "*",
      destinationAddressPrefix: "10.30.0.4",
      destinationPortRanges: ["22", "3389"],
      provisioningState: "Succeeded",
    });
    await put(machine, policyOf(machine));
    const again = await rulesOf(machine.nsgId);
    expect(again).toMatchObject([{ name: denial?.name, properties: { priority: 4096, destinationPortRange: "22" } }]);
    await azure.security().jitNetworkAccessPolicies.delete(groupOf(machine), "westeurope", "default");
    expect(await rulesOf(machine.nsgId)).toEqual([]);
    await azure.security().jitNetworkAccessPolicies.delete(groupOf(machine), "westeurope", "default");
  });

  test("stands beside a rule at 4096, and before a rule that would make it void", async () => {
    const closed = inbound("DenyAllInbound", 4096, {
      access: "Deny",
      sourceAddressPrefix: "*",
      destinationPortRange: "*",
      protocol: "*",
    });
    const beside = await makeMachine(azure, "jit-beside", { rules: [closed] });
    await put(beside, policyOf(beside));
    const besidePriorities = (await rulesOf(beside.nsgId)).map(({ properties }) => properties.priority);
    expect(besidePriorities).toEqual([4096, 4095]);
    const before = await makeMachine(azure, "jit-before", {
      rules: [inbound("ssh", 2000), inbound("other", 1000, { destinationPortRange: "443" })],
    });
    await put(before, policyOf(before));
    const denial = (await rulesOf(before.nsgId)).find(({ properties }) => properties.access === "Deny");
    expect(denial?.properties.priority).toBe(1001);
  });

  test("is written into the groups of subnet and interface, and leaves a machine that it drops", async () => {
    const machine = await makeMachine(azure, "jit-both", { rules: [], interfaceRules: [] });
    const other = await makeMachine(azure, "jit-other", { rules: [] });
    const both = [machine, other].map(({ id }) => ({ id, ports: [ssh] }));
    await put(machine, { kind: "Basic", virtualMachines: both });
    const own = machine.nsgId.replace(/nsg$/, "nsg-nic");
    expect([
      (await rulesOf(machine.nsgId)).length,
      (await rulesOf(own)).length,
      (await rulesOf(other.nsgId)).length,
    ]).toEqual([1, 1, 1]);
    await put(machine, policyOf(machine));
    expect(await rulesOf(other.nsgId)).toEqual([]);
    expect(await rulesOf(own)).toHaveLength(1);
  });

  test("is found by region, resource group and subscription, and makes its machine healthy", async () => {
    const machine = await makeMachine(azure, "jit-found", { rules: [inbound("ssh", 300)] });
    const justInTime = "805651bc-6ecd-4c73-9b55-97a19d0582d0";
    expect((await azure.security().assessments.get(machine.id, justInTime)).status?.code).toBe("Unhealthy");
    const { id } = await put(machine, policyOf(machine));
    expect((await azure.security().assessments.get(machine.id, justInTime)).status?.code).toBe("Healthy");
    const { jitNetworkAccessPolicies } = azure.security();
    const group = groupOf(machine);
    const ids = async (list: AsyncIterable<JitNetworkAccessPolicy>) => (await collect(list)).map((policy) => policy.id);
    expect(await ids(jitNetworkAccessPolicies.listByResourceGroup(group))).toEqual([id]);
    expect(await ids(jitNetworkAccessPolicies.listByResourceGroupAndRegion(group, "westeurope"))).toEqual([id]);
    expect(await ids(jitNetworkAccessPolicies.listByResourceGroupAndRegion(group, "northeurope"))).toEqual([]);
    expect(await ids(jitNetworkAccessPolicies.listByRegion("westeurope"))).toContain(id);
    expect(await ids(jitNetworkAccessPolicies.list())).toContain(id);
    expect(await jitNetworkAccessPolicies.get(group, "westeurope", "default")).toMatchObject({ id });
  });

  test("is refused without Plan 2, without a network security group, elsewhere, and in another shape", async () => {
    const machine = await makeMachine(azure, "jit-refused", { rules: [] });
    const bare = await makeMachine(azure, "jit-bare");
    expect(await refusal(put(bare, policyOf(bare)))).toEqual([400, expect.stringContaining("network security group")]);
    const { jitNetworkAccessPolicies } = azure.security();
    const north = jitNetworkAccessPolicies.createOrUpdate(
      groupOf(machine),
      "northeurope",
      "default",
      policyOf(machine),
    );
    expect((await refusal(north))[0]).toBe(400);
    expect((await refusal(put(machine, policyOf(machine, [{ ...ssh, maxRequestAccessDuration: "PT25H" }]))))[0]).toBe(
      400,
    );
    expect((await refusal(put(machine, policyOf(machine, [{ ...ssh, protocol: "ICMP" }]))))[0]).toBe(400);
    expect((await refusal(put(machine, { ...policyOf(machine), kind: "Other" })))[0]).toBe(400);
    await setServersPlan(azure, "P1");
    expect(await refusal(put(machine, policyOf(machine)))).toEqual([400, expect.stringContaining("Plan 2")]);
    await setServersPlan(azure, "P2");
    expect(await rulesOf(machine.nsgId)).toEqual([]);
  });
});

test("who sets a policy may write its machines, and who asks for access may read them", async () => {
  const machine = await makeMachine(azure, "jit-rights", { rules: [] });
  const user = "77777777-7777-4777-8777-000000000005";
  const role = "12121212-aaaa-4000-8000-000000000001";
  const assign = (roleId: string, last: number, scope: string) =>
    azure.authorization().roleAssignments.create(scope, `12121212-bbbb-4000-8000-00000000000${last}`, {
      roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${roleId}`,
      principalId: user,
    });
  await azure.authorization().roleDefinitions.createOrUpdate(machine.group, role, {
    roleName: "JIT policies alone",
    permissions: [{ actions: ["Microsoft.Security/locations/jitNetworkAccessPolicies/*"] }],
    assignableScopes: [machine.group],
  });
  await assign(role, 1, machine.group);
  const { jitNetworkAccessPolicies } = azure.security(firstSubscription, user);
  const place = [groupOf(machine), "westeurope", "default"] as const;
  const linked = { statusCode: 403, code: "LinkedAuthorizationFailed" };
  await expect(jitNetworkAccessPolicies.createOrUpdate(...place, policyOf(machine))).rejects.toMatchObject(linked);
  await put(machine, policyOf(machine));
  const port = { number: 22, allowedSourceAddressPrefix: "10.0.0.4", endTimeUtc: inMinutes(30) };
  const ask = () =>
    jitNetworkAccessPolicies.initiate(...place, { virtualMachines: [{ id: machine.id, ports: [port] }] });
  await expect(ask()).rejects.toMatchObject(linked);
  await assign("acdd72a7-3385-48ef-bd42-f606fba81ae7", 2, machine.id);
  expect(await ask()).toMatchObject({ requestor: user });
});

describe("a request", () => {
  const initiate = (machine: Machine, port: object) =>
    azure.security().jitNetworkAccessPolicies.initiate(groupOf(machine), "westeurope", "default", {
      virtualMachines: [{ id: machine.id, ports: [port as never] }],
      justification: "look at a log",
    });

  test("opens a port with Defender's name until its time is over, also when the process died meanwhile", async () => {
    const machine = await makeMachine(azure, "jit-request", {
      rules: [inbound("deny", 100, { access: "Deny", destinationPortRange: "80" })],
    });
    await put(machine, policyOf(machine, [ssh, rdp]));
    const lasting = await initiate(machine, {
      number: 3389,
      allowedSourceAddressPrefix: "10.0.1.4",
      endTimeUtc: inMinutes(30),
    });
    expect(lasting).toMatchObject({
      requestor: "99999999-0000-4000-8000-000000000002",
      justification: "look at a log",
      virtualMachines: [
        { id: machine.id, ports: [{ number: 3389, status: "Initiated", statusReason: "NewlyInitiated" }] },
      ],
    });
    const brief = new Date(Date.now() + 1500);
    await initiate(machine, { number: 22, allowedSourceAddressPrefix: "203.0.113.7", endTimeUtc: brief });
    const allows = async () => (await rulesOf(machine.nsgId)).filter(({ properties }) => properties.access === "Allow");
    const [first, second] = await allows();
    expect(first?.name).toMatch(/^SecurityCenter-JITRule-(-?\d+)-[0-9A-F]{32}$/);
    expect(first?.properties).toMatchObject({
      description:
        "ASC JIT Network Access rule created by an initiation request for policy 'default' of VM 'jit-request'.",
      priority: 101,
      protocol: "Tcp",
      sourceAddressPrefix: "10.0.1.4",
      destinationAddressPrefix: "10.30.0.4",
      destinationPortRange: "3389",
    });
    expect(second?.properties).toMatchObject({ priority: 102, protocol: "*", sourceAddressPrefix: "203.0.113.7" });
    await azure.kill();
    azure = await startLocalAzure({ dataDir: azure.dataDir });
    await expect.poll(async () => (await allows()).map(({ name }) => name), { timeout: 10_000 }).toEqual([first?.name]);
    const { requests } = await azure.security().jitNetworkAccessPolicies.get(groupOf(machine), "westeurope", "default");
    const ports = (requests ?? []).flatMap(({ virtualMachines }) => virtualMachines.flatMap((each) => each.ports));
    expect(ports.map(({ number, status, statusReason }) => [number, status, statusReason])).toEqual([
      [3389, "Initiated", "NewlyInitiated"],
      [22, "Revoked", "Expired"],
    ]);
  });

  test("is refused beyond what its policy allows", async () => {
    const machine = await makeMachine(azure, "jit-beyond", { rules: [] });
    const fine = { number: 3389, allowedSourceAddressPrefix: "10.0.1.0/28", endTimeUtc: inMinutes(30) };
    expect((await refusal(initiate(machine, fine)))[0]).toBe(404);
    await put(machine, policyOf(machine, [rdp]));
    for (const change of [
      { number: 22 },
      { endTimeUtc: inMinutes(61) },
      { endTimeUtc: inMinutes(-1) },
      { allowedSourceAddressPrefix: "*" },
      { allowedSourceAddressPrefix: "10.0.2.1" },
      { allowedSourceAddressPrefix: undefined },
    ]) {
      expect((await refusal(initiate(machine, { ...fine, ...change })))[0]).toBe(400);
    }
    expect((await rulesOf(machine.nsgId)).map(({ properties }) => properties.access)).toEqual(["Deny"]);
    await initiate(machine, fine);
    expect((await rulesOf(machine.nsgId)).map(({ properties }) => properties.access)).toEqual(["Deny", "Allow"]);
  });
});
