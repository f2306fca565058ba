import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type LocalAzure, startLocalAzure } from "../local-azure.ts";
import {
  codeOf,
  collect,
  computeApi,
  type Document,
  makeApplicationSecurityGroup,
  makeGroup,
  makeInterface,
  makeVirtualNetwork,
  putResource,
} from "./resources.ts";

let azure: LocalAzure;
let group: string;
let vnet: string;
let frontGroup: string;
beforeAll(async () => {
  azure = await startLocalAzure();
  group = await makeGroup(azure, "rg-scale-sets");
  vnet = await makeVirtualNetwork(azure, group, "vnet-scale-sets");
  frontGroup = await makeApplicationSecurityGroup(azure, group, "asg-front");
});
afterAll(() => azure.stop());

const idOf = (name: string) => `${group}/providers/Microsoft.Compute/virtualMachineScaleSets/${name}`;
const call = (method: string, id: string, body?: unknown) =>
  azure.request(method, `${id}?api-version=${computeApi}`, body);

interface Wanted {
  readonly capacity?: number;
  readonly subnet?: string;
  readonly groups?: readonly string[];
  readonly mode?: string;
  readonly change?: object;
}

const scaleSet = ({ capacity = 2, subnet = "a", groups = [], mode = "Automatic", change = {} }: Wanted = {}) => ({
  location: "westeurope",
  sku: { name: "Standard_D2s_v5", capacity },
  properties: {
    upgradePolicy: { mode },
    virtualMachineProfile: {
      networkProfile: {
        networkInterfaceConfigurations: [
          {
            name: "nic",
            properties: {
              primary: true,
              ipConfigurations: [
                {
                  name: "ipconfig",
                  properties: {
                    subnet: { id: `${vnet}/subnets/${subnet}` },
                    applicationSecurityGroups: groups.map((id) => ({ id })),
                  },
                },
              ],
            },
          },
        ],
      },
    },
    ...change,
  },
});

const interfacesOf = (name: string) =>
  collect(azure.network().networkInterfaces.listVirtualMachineScaleSetNetworkInterfaces("rg-scale-sets", name));

describe("a virtual machine scale set", () => {
  test("is created, read, listed and deleted with its machines", async () => {
    const made = await putResource(azure, idOf("vmss-one"), computeApi, scaleSet({ groups: [frontGroup] }));
    expect(made).toMatchObject({
      sku: { capacity: 2, tier: "Standard" },
      properties: { orchestrationMode: "Uniform" },
    });
    for (const scope of [group, group.replace(/\/resourceGroups.*/, "")]) {
      const { body } = await call("GET", `${scope}/providers/Microsoft.Compute/virtualMachineScaleSets`);
      expect((body as { value: Document[] }).value.map(({ name }) => name)).toContain("vmss-one");
    }
    const machines = await call("GET", `${idOf("vmss-one")}/virtualMachines`);
    expect((machines.body as { value: Document[] }).value).toHaveLength(2);
    const nics = await interfacesOf("vmss-one");
    expect(nics.map((nic) => nic.ipConfigurations?.[0]?.applicationSecurityGroups?.[0]?.id)).toEqual([
      frontGroup,
      frontGroup,
    ]);
    await call("DELETE", idOf("vmss-one"));
    await expect.poll(async () => (await call("GET", idOf("vmss-one"))).status).toBe(404);
    expect((await call("GET", `${idOf("vmss-one")}/virtualMachines`)).status).toBe(404);
  });

  test("gives its machines addresses of the subnet that nobody has", async () => {
    await makeInterface(azure, group, "nic-first", `${vnet}/subnets/b`);
    await putResource(azure, idOf("vmss-address"), computeApi, scaleSet({ subnet: "b", capacity: 3 }));
    const addresses = (await interfacesOf("vmss-address")).map((nic) => nic.ipConfigurations?.[0]?.privateIPAddress);
    expect(addresses).toEqual(["10.60.0.133", "10.60.0.134", "10.60.0.135"]);
  });

  test("is seen from its subnet, machine by machine", async () => {
    const id = idOf("vmss-seen");
    await putResource(azure, id, computeApi, scaleSet({ capacity: 2 }));
    const { subnets } = await azure.network().virtualNetworks.get("rg-scale-sets", "vnet-scale-sets");
    const seen = subnets?.find(({ name }) => name === "a")?.ipConfigurations?.map((one) => one.id);
    const configurationOf = (machine: number) =>
      `${id}/virtualMachines/${machine}/networkInterfaces/nic/ipConfigurations/ipconfig`;
    expect(seen).toEqual(expect.arrayContaining([configurationOf(0), configurationOf(1)]));
  });

  test("grows and shrinks to its capacity, and keeps addresses", async () => {
    await putResource(azure, idOf("vmss-size"), computeApi, scaleSet({ capacity: 2 }));
    const before = await interfacesOf("vmss-size");
    await putResource(azure, idOf("vmss-size"), computeApi, scaleSet({ capacity: 3 }));
    const grown = await interfacesOf("vmss-size");
    expect(grown).toHaveLength(3);
    expect(grown.slice(0, 2)).toEqual(before);
    await putResource(azure, idOf("vmss-size"), computeApi, scaleSet({ capacity: 1 }));
    expect(await interfacesOf("vmss-size")).toEqual(before.slice(0, 1));
  });

  test("brings a new network profile to standing machines only where it upgrades automatically", async () => {
    for (const mode of ["Automatic", "Manual"]) {
      const id = idOf(`vmss-${mode}`);
      await putResource(azure, id, computeApi, scaleSet({ capacity: 1, mode }));
      await putResource(azure, id, computeApi, scaleSet({ capacity: 1, mode, groups: [frontGroup] }));
    }
    const groupsOf = async (name: string) =>
      (await interfacesOf(name))[0]?.ipConfigurations?.[0]?.applicationSecurityGroups ?? [];
    expect(await groupsOf("vmss-Automatic")).toHaveLength(1);
    expect(await groupsOf("vmss-Manual")).toHaveLength(0);
    const manual = await call("GET", `${idOf("vmss-Manual")}/virtualMachines/0`);
    expect((manual.body as Document).properties.latestModelApplied).toBe(false);
  });

  test("keeps its subnet in use", async () => {
    const own = await makeVirtualNetwork(azure, group, "vnet-in-use");
    const body = JSON.parse(JSON.stringify(scaleSet()).replaceAll("vnet-scale-sets", "vnet-in-use"));
    await putResource(azure, idOf("vmss-in-use"), computeApi, body);
    await expect(azure.network().virtualNetworks.delete("rg-scale-sets", own.split("/").pop() ?? "")).rejects.toThrow();
  });

  test.each([
    ["a missing subnet", { subnet: "missing" }, 400, undefined],
    [
      "a missing application security group",
      { groups: ["$group/providers/Microsoft.Network/applicationSecurityGroups/asg-missing"] },
      400,
      "InvalidResourceReference",
    ],
    ["no upgrade policy", { change: { upgradePolicy: undefined } }, 400, "InvalidParameter"],
    ["no network profile", { change: { virtualMachineProfile: {} } }, 400, "InvalidParameter"],
    ["a negative capacity", { capacity: -1 }, 400, "InvalidParameter"],
    ["an unknown property", { change: { colour: "blue" } }, 400, "InvalidRequestContent"],
    ["flexible orchestration", { change: { orchestrationMode: "Flexible" } }, 501, "NotImplementedByLocalAzure"],
    ["rolling upgrades", { mode: "Rolling" }, 501, "NotImplementedByLocalAzure"],
  ])("is refused with %s", async (_what, wanted, status, code) => {
    const text = JSON.stringify(scaleSet(wanted)).replace("$group", group);
    const answer = await call("PUT", idOf("vmss-wrong"), JSON.parse(text));
    expect(answer.status).toBe(status);
    if (code !== undefined) expect(codeOf(answer.body)).toBe(code);
    expect((await call("GET", idOf("vmss-wrong"))).status).toBe(404);
  });
});
