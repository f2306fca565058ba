import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { firstSubscription, type LocalAzure, startLocalAzure } from "../local-azure.ts";
import { inbound, type Machine, type MachineOptions, makeMachine, setServersPlan } from "./defender-fixture.ts";
import { codeOf, collect } from "./resources.ts";

let azure: LocalAzure;
beforeAll(async () => {
  azure = await startLocalAzure();
  await setServersPlan(azure, "P2");
});
afterAll(() => azure.stop());

const keys = {
  managementPorts: "bc303248-3d14-44c2-96a0-55f5c326b5fe",
  justInTime: "805651bc-6ecd-4c73-9b55-97a19d0582d0",
  internetFacing: "483f12ed-ae23-447e-a2de-a67a10db4353",
  nonInternetFacing: "a9341235-9389-42f0-a0bf-9bfb57960d44",
  subnet: "eade5b56-eefd-444f-95c8-23f29e5d93cb",
  allPorts: "3b20e985-f71f-483b-b078-f30d73936d43",
  ipForwarding: "c3b51c94-588b-426b-a892-24696f9e54cc",
} as const;
type Key = keyof typeof keys;

async function codesOf({ id, subnetId }: Machine): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [name, key] of Object.entries(keys)) {
    const { status } = await azure.security().assessments.get(name === "subnet" ? subnetId : id, key);
    found[name] = status?.code ?? "";
  }
  return found;
}

const [H, U, N] = ["Healthy", "Unhealthy", "NotApplicable"];
const everywhere = { destinationPortRange: "*", protocol: "*" };

describe("assessments of a machine", () => {
  test.each<[string, MachineOptions, Partial<Record<Key, string | undefined>>]>([
    [
      "closed",
      { rules: [] },
      {
        managementPorts: H,
        justInTime: H,
        internetFacing: N,
        nonInternetFacing: H,
        subnet: H,
        allPorts: H,
        ipForwarding: H,
      },
    ],
    [
      "bare",
      {},
      { managementPorts: N, justInTime: N, internetFacing: N, nonInternetFacing: U, subnet: U, allPorts: N },
    ],
    ["bare-public", { publicAddress: true }, { internetFacing: U, nonInternetFacing: N, subnet: U }],
    ["public", { publicAddress: true, rules: [] }, { internetFacing: H, nonInternetFacing: N, managementPorts: H }],
    ["open-ssh", { rules: [inbound("ssh", 300)] }, { managementPorts: U, justInTime: U, allPorts: H }],
    [
      "open-rdp",
      { rules: [inbound("rdp", 300, { sourceAddressPrefix: "*", destinationPortRange: "3000-4000" })] },
      { managementPorts: U },
    ],
    [
      "denied-before",
      { rules: [inbound("deny", 200, { access: "Deny" }), inbound("ssh", 300)] },
      { managementPorts: H, justInTime: H },
    ],
    [
      "one-office",
      { rules: [inbound("office", 300, { sourceAddressPrefix: "203.0.113.0/24" })] },
      { managementPorts: H },
    ],
    ["udp", { rules: [inbound("udp", 300, { protocol: "Udp" })] }, { managementPorts: H }],
    ["interface-closed", { rules: [inbound("ssh", 300)], interfaceRules: [] }, { managementPorts: H }],
    ["both-open", { rules: [inbound("ssh", 300)], interfaceRules: [inbound("ssh", 100)] }, { managementPorts: U }],
    [
      "interface-only",
      { interfaceRules: [inbound("ssh", 100)] },
      { managementPorts: U, nonInternetFacing: H, subnet: U },
    ],
    ["everything", { rules: [inbound("all", 300, everywhere)] }, { managementPorts: U, allPorts: U }],
    ["forwarding", { rules: [], ipForwarding: true }, { ipForwarding: U }],
  ])("%s", async (name, options, expected) => {
    expect(await codesOf(await makeMachine(azure, `a-${name}`, options))).toMatchObject(expected);
  });

  test("say what is wrong, and with metadata where it is asked for", async () => {
    const { id } = await makeMachine(azure, "said", { rules: [inbound("ssh", 300)] });
    const plain = await azure.security().assessments.get(id, keys.managementPorts);
    expect(plain).toMatchObject({
      name: keys.managementPorts,
      displayName: "Management ports should be closed on your virtual machines",
      resourceDetails: { source: "Azure", id },
      status: { code: "Unhealthy", cause: "OpenManagementPorts", description: "Open to the Internet: 22." },
    });
    expect(plain.metadata).toBeUndefined();
    const { metadata } = await azure.security().assessments.get(id, keys.managementPorts, { expand: "metadata" });
    expect(metadata).toMatchObject({ severity: "Medium", assessmentType: "BuiltIn", categories: ["Networking"] });
    const listed = await azure.security().assessmentsMetadata.get(keys.managementPorts);
    expect(listed).toMatchObject({ tactics: ["Initial Access", "Credential Access"], techniques: ["Brute Force"] });
    expect(await collect(azure.security().assessmentsMetadata.listBySubscription())).toHaveLength(7);
    await expect(azure.security().assessments.get(id, keys.subnet)).rejects.toMatchObject({ statusCode: 404 });
  });

  test("follow what changes, and are listed for each scope", async () => {
    const machine = await makeMachine(azure, "changing", { rules: [inbound("ssh", 300)] });
    const listOf = async (scope: string) =>
      (await collect(azure.security().assessments.list(scope))).map(({ name, status }) => [name, status?.code]);
    expect(await listOf(machine.id)).toContainEqual([keys.managementPorts, "Unhealthy"]);
    expect(await listOf(machine.group)).toContainEqual([keys.subnet, "Healthy"]);
    const all = await listOf(`/subscriptions/${firstSubscription}`);
    expect(all.length).toBeGreaterThan(100);
    await azure.network().securityRules.delete("rg-changing", "nsg", "ssh");
    expect(await listOf(machine.id)).toContainEqual([keys.managementPorts, "Healthy"]);
  });

  test("are no secret to a reader, and nobody writes them", async () => {
    const { id } = await makeMachine(azure, "guarded", { rules: [] });
    const path = `${id}/providers/Microsoft.Security/assessments/${keys.managementPorts}?api-version=2021-06-01`;
    const nobody = await azure.request("GET", path, undefined, { as: "77777777-7777-4777-8777-000000000009" });
    expect(nobody.status).toBe(403);
    const body = { properties: { resourceDetails: { source: "Azure" }, status: { code: "Healthy" } } };
    expect((await azure.request("PUT", path, body)).status).toBe(501);
    const gone = `${id}-none/providers/Microsoft.Security/assessments?api-version=2021-06-01`;
    expect(codeOf((await azure.request("GET", gone)).body)).toBe("ResourceNotFound");
  });
});

test("just-in-time access is assessed with Defender for Servers Plan 2 alone", async () => {
  const { id } = await makeMachine(azure, "plans", { rules: [inbound("ssh", 300)] });
  for (const plan of ["P1", undefined] as const) {
    await setServersPlan(azure, plan);
    const names = (await collect(azure.security().assessments.list(id))).map(({ name }) => name);
    expect(names).toHaveLength(5);
    expect(names).not.toContain(keys.justInTime);
  }
  await setServersPlan(azure, "P2");
  expect(await collect(azure.security().assessments.list(id))).toHaveLength(6);
});

test("Resource Graph has the assessments with their metadata", async () => {
  const { id } = await makeMachine(azure, "graphed", { rules: [inbound("ssh", 300)] });
  const query = `securityresources | where type == 'microsoft.security/assessments' and name == '${keys.managementPorts}'
    | where properties.resourceDetails.Id =~ '${id}' and properties.status.code == 'Unhealthy'
    | project resourceGroup, severity = tostring(properties.metadata.severity), tactics = properties.metadata.tactics`;
  const { data } = await azure.resourceGraph().resources({ query });
  expect(data).toEqual([
    { resourceGroup: "rg-graphed", severity: "Medium", tactics: ["Initial Access", "Credential Access"] },
  ]);
});

describe("the secure score", () => {
  test("is the points of its controls, each in proportion to its healthy resources", async () => {
    await using small = await startLocalAzure();
    const empty = await small.security().secureScores.get("ascScore");
    expect(empty).toMatchObject({ name: "ascScore", max: 0, current: 0, percentage: 0, weight: 0 });
    await makeMachine(small, "good", { rules: [] });
    await makeMachine(small, "bad", { rules: [inbound("ssh", 300)] });
    await makeMachine(small, "worse", { rules: [inbound("all", 300, everywhere)], ipForwarding: true });
    const controls = await collect(
      small.security().secureScoreControls.listBySecureScore("ascScore", { expand: "definition" }),
    );
    const shown = controls.map(({ displayName, max, current, healthyResourceCount, unhealthyResourceCount }) => [
      displayName,
      max,
      current,
      healthyResourceCount,
      unhealthyResourceCount,
    ]);
    expect(shown).toEqual([
      ["Secure management ports", 8, 2.67, 1, 2],
      ["Restrict unauthorized network access", 4, 3.33, 5, 1],
    ]);
    expect(controls[1]?.definition).toMatchObject({ maxScore: 4, displayName: "Restrict unauthorized network access" });
    const [score] = await collect(small.security().secureScores.list());
    expect(score).toMatchObject({ max: 12, current: 6, percentage: 0.5, weight: 9 });
    const query =
      "securityresources | where type == 'microsoft.security/securescores' | where properties.score.max > 0 | project properties.score.current";
    expect((await small.resourceGraph().resources({ query, subscriptions: [firstSubscription] })).data).toEqual([
      { properties_score_current: 6 },
    ]);
    await expect(small.security().secureScores.get("other")).rejects.toMatchObject({ statusCode: 404 });
  });
});
