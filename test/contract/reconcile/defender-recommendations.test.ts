import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AzurePorts } from "../../../shared/azure/ports.ts";
import type { SpokeRecord } from "../../../shared/domain/spoke-record.ts";
import { observeHardening } from "../../../shared/reconcile/hardening/observe-hardening.ts";
import {
  type DefenderRecommendations,
  recommendByDefender,
} from "../../../shared/reconcile/hardening/recommend-by-defender.ts";
import { contractRequest, platform, stateOf } from "../../unit/spoke/example.ts";
import { firstSubscription, type LocalAzure, startLocalAzure } from "../arm/local-azure.ts";
import { inbound, type Machine, makeMachine, setServersPlan } from "../arm/platform/defender-fixture.ts";
import { computeApi, makeInterface, putResource } from "../arm/platform/resources.ts";
import { portsFor } from "../azure/ports-under-test.ts";

let azure: LocalAzure;
let ports: AzurePorts;
let open: Machine;

const { request } = stateOf(contractRequest).design;
const group = `/subscriptions/${firstSubscription}/resourceGroups/rg-orders-prod`;
const spokeMachine = `${group}/providers/Microsoft.Compute/virtualMachines/vm-app`;
const record = { name: "orders-prod", request, status: "Succeeded" } as SpokeRecord;

beforeAll(async () => {
  azure = await startLocalAzure();
  ports = portsFor(azure);
  open = await makeMachine(azure, "open", { rules: [inbound("ssh", 100)], publicAddress: true });
  await machineOfSpoke();
  await setServersPlan(azure, "P2");
}, 60_000);
afterAll(() => azure.stop());

/** A machine in a network of the spoke's name, of which one subnet has an NSG and one has none. */
async function machineOfSpoke(): Promise<void> {
  const client = azure.network();
  await azure.resources().resourceGroups.createOrUpdate("rg-orders-prod", { location: "westeurope" });
  const guard = await client.networkSecurityGroups.createOrUpdate("rg-orders-prod", "nsg-orders-prod-app", {
    location: "westeurope",
  });
  const network = await client.virtualNetworks.createOrUpdate("rg-orders-prod", "vnet-orders-prod", {
    location: "westeurope",
    addressSpace: { addressPrefixes: ["10.20.0.0/22"] },
    subnets: [
      { name: "snet-app", addressPrefix: "10.20.0.64/26", networkSecurityGroup: { id: guard.id ?? "" } },
      { name: "snet-data", addressPrefix: "10.20.0.128/26" },
    ],
  });
  const nic = await makeInterface(azure, group, "nic-app", `${network.id}/subnets/snet-app`);
  await putResource(azure, spokeMachine, computeApi, {
    location: "westeurope",
    properties: {
      hardwareProfile: { vmSize: "Standard_D2s_v5" },
      storageProfile: { osDisk: { createOption: "FromImage" } },
      osProfile: { computerName: "vm", adminUsername: "azureuser", adminPassword: "not-shown" },
      networkProfile: { networkInterfaces: [{ id: nic }] },
    },
  });
}

async function recommended(): Promise<DefenderRecommendations> {
  const sight = (await observeHardening(ports.resourceGraph, [firstSubscription])).get(firstSubscription);
  if (sight === undefined) throw new Error("the subscription was not seen");
  return recommendByDefender(ports, platform, sight, [record]);
}
const found = async (source: string) => (await recommended()).found.filter((one) => one.source === source);

describe("Defender's assessments", () => {
  test("are told with what they bring to the secure score, their tactics and what to do", async () => {
    const own = (await found("defender-assessment")).filter(({ resourceId }) => resourceId === open.id);
    const ports22 = own.find(({ title }) => title.startsWith("Management ports should be closed"));
    expect(ports22).toMatchObject({ spoke: null, safe: false, remedy: { kind: "by-hand" }, resourceGroup: "rg-open" });
    expect(ports22?.tactics).toContain("Credential Access");
    expect(ports22?.scoreGain).toBeGreaterThan(0);
    expect(ports22?.advice).toContain("just-in-time");
    expect(ports22?.evidence).toMatchObject({ key: "bc303248-3d14-44c2-96a0-55f5c326b5fe" });
  });

  test("of a spoke's subnet without NSG is the reconciler's to make right", async () => {
    const subnet = (await found("defender-assessment")).find(({ resourceId }) => resourceId.endsWith("/snet-data"));
    expect(subnet).toMatchObject({ spoke: "orders-prod", safe: true, remedy: { kind: "run-spoke" } });
  });

  test("the healthy are not told", async () => {
    const all = await found("defender-assessment");
    expect(all.some(({ resourceId }) => resourceId.endsWith("/snet-app"))).toBe(false);
  });
});

describe("just-in-time access", () => {
  test("a policy is recommended for the machines of a spoke, written as it shall stand, and then not recommended", async () => {
    const [one, ...others] = await found("just-in-time");
    expect(others).toEqual([]);
    expect(one).toMatchObject({ spoke: "orders-prod", safe: true });
    if (one?.remedy.kind !== "just-in-time-policy") throw new Error("no policy");
    const { policy } = one.remedy;
    expect(policy.machines.map(({ virtualMachineId }) => virtualMachineId)).toEqual([spokeMachine]);
    await ports.justInTime.write(policy);
    const { policies, activeRequests } = await ports.justInTime.observe(firstSubscription);
    expect(policies).toEqual([policy]);
    expect(activeRequests).toEqual([]);
    expect(await found("just-in-time")).toEqual([]);
    const security = azure.security();
    await security.jitNetworkAccessPolicies.initiate("rg-orders-prod", "westeurope", "zero-trust-orders-prod", {
      virtualMachines: [
        {
          id: spokeMachine,
          ports: [{ number: 22, allowedSourceAddressPrefix: "10.0.2.7", endTimeUtc: new Date(Date.now() + 3_600_000) }],
        },
      ],
    });
    expect((await ports.justInTime.observe(firstSubscription)).activeRequests).toMatchObject([
      { virtualMachineId: spokeMachine, port: 22, sources: ["10.0.2.7"] },
    ]);
    await ports.justInTime.remove(policy.id);
    await ports.justInTime.remove(policy.id);
    expect(await ports.justInTime.observe(firstSubscription)).toEqual({ policies: [], activeRequests: [] });
  });

  test("without the plan that it needs nothing is recommended, and a note says so", async () => {
    await setServersPlan(azure, "P1");
    const { found: all, notes } = await recommended();
    expect(all.some(({ source }) => source === "just-in-time")).toBe(false);
    expect(notes.map(({ code }) => code)).toContain("JustInTimeNeedsServersPlan2");
    await setServersPlan(azure, "P2");
  });
});

describe("adaptive network hardening", () => {
  test("is retired: one note, and no error", async () => {
    const { notes } = await recommended();
    expect(notes.map(({ code }) => code)).toEqual(["AdaptiveNetworkHardeningRetired"]);
  });

  test("where it still answers its rules are told, applied by nobody, and written where they are accepted", async () => {
    const rules = [
      { name: "SystemRule", direction: "Inbound", destinationPort: 443, protocols: ["TCP"], ipAddresses: ["10.0.1.7"] },
    ];
    const order = { enabled: true, recommendations: [{ virtualMachineId: spokeMachine, rules }] };
    await azure.control("POST", "adaptive-network-hardening", order);
    const [one] = await found("adaptive-network-hardening");
    expect(one).toMatchObject({ spoke: "orders-prod", resourceId: spokeMachine, safe: false });
    if (one?.remedy.kind !== "adaptive-network-hardening") throw new Error("no rules");
    expect(one.remedy.rules[0]).toMatchObject({ name: "SystemRule", protocols: ["Tcp"], ipAddresses: ["10.0.1.7"] });
    await ports.adaptiveNetworkHardening.enforce(spokeMachine, one.remedy.rules);
    const group = await azure.network().networkSecurityGroups.get("rg-orders-prod", "nsg-orders-prod-app");
    expect(group.securityRules?.map(({ name }) => name)).toContain("SystemRule");
    expect(await ports.adaptiveNetworkHardening.rulesFor(`${spokeMachine}-gone`)).toEqual([]);
  }, 30_000);
});
