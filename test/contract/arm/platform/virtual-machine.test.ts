import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type LocalAzure, startLocalAzure } from "../local-azure.ts";
import {
  codeOf,
  computeApi,
  type Document,
  makeGroup,
  makeInterface,
  makeVirtualNetwork,
  putResource,
} from "./resources.ts";

let azure: LocalAzure;
let group: string;
let subnet: string;
beforeAll(async () => {
  azure = await startLocalAzure();
  group = await makeGroup(azure, "rg-machines");
  subnet = `${await makeVirtualNetwork(azure, group, "vnet-machines")}/subnets/a`;
});
afterAll(() => azure.stop());

const idOf = (name: string) => `${group}/providers/Microsoft.Compute/virtualMachines/${name}`;
const call = (method: string, id: string, body?: unknown) =>
  azure.request(method, `${id}?api-version=${computeApi}`, body);
const machine = (networkInterfaces: unknown[], change: object = {}) => ({
  location: "westeurope",
  properties: {
    hardwareProfile: { vmSize: "Standard_D2s_v5" },
    storageProfile: { osDisk: { createOption: "FromImage" } },
    osProfile: { computerName: "vm", adminUsername: "azureuser", adminPassword: "not-shown" },
    networkProfile: { networkInterfaces },
    ...change,
  },
});

describe("a virtual machine", () => {
  test("is created, read, listed and deleted, and its network interface outlives it", async () => {
    const nic = await makeInterface(azure, group, "nic-one", subnet);
    const made = await putResource(azure, idOf("vm-one"), computeApi, machine([{ id: nic }]));
    expect(made.properties).toMatchObject({
      provisioningState: "Succeeded",
      networkProfile: { networkInterfaces: [{ id: nic }] },
    });
    expect(JSON.stringify(made)).not.toContain("not-shown");
    const view = await call("GET", `${idOf("vm-one")}/instanceView`);
    expect(JSON.stringify(view.body)).toContain("PowerState/running");
    expect(made.properties).not.toHaveProperty("extended");
    const graph = await azure.resourceGraph().resources({
      query:
        "resources | where type =~ 'microsoft.compute/virtualmachines' and name == 'vm-one' | project power = properties.extended.instanceView.powerState.code",
    });
    expect(graph.data).toEqual([{ power: "PowerState/running" }]);
    for (const scope of [group, group.replace(/\/resourceGroups.*/, "")]) {
      const { body } = await call("GET", `${scope}/providers/Microsoft.Compute/virtualMachines`);
      expect((body as { value: Document[] }).value.map(({ name }) => name)).toContain("vm-one");
    }
    const tagged = await call("PATCH", idOf("vm-one"), { tags: { role: "front" } });
    expect((tagged.body as Document).tags).toEqual({ role: "front" });
    await expect(azure.network().networkInterfaces.delete("rg-machines", "nic-one")).rejects.toThrow();
    expect((await call("DELETE", idOf("vm-one"))).status).toBeLessThan(300);
    await expect.poll(async () => (await call("GET", idOf("vm-one"))).status).toBe(404);
    expect(await azure.network().networkInterfaces.get("rg-machines", "nic-one")).toMatchObject({ name: "nic-one" });
  });

  test("takes the network interfaces with it that are to go with it", async () => {
    const nic = await makeInterface(azure, group, "nic-goes", subnet);
    const reference = { id: nic, properties: { primary: true, deleteOption: "Delete" } };
    await putResource(azure, idOf("vm-goes"), computeApi, machine([reference]));
    await call("DELETE", idOf("vm-goes"));
    await expect.poll(async () => (await call("GET", idOf("vm-goes"))).status).toBe(404);
    await expect(azure.network().networkInterfaces.get("rg-machines", "nic-goes")).rejects.toMatchObject({
      statusCode: 404,
    });
  });

  test("has a network interface for itself, and keeps it while it runs", async () => {
    const nic = await makeInterface(azure, group, "nic-busy", subnet);
    await putResource(azure, idOf("vm-busy"), computeApi, machine([{ id: nic }]));
    const second = await call("PUT", idOf("vm-second"), machine([{ id: nic }]));
    expect([second.status, codeOf(second.body)]).toEqual([400, "NicInUse"]);
    const other = await makeInterface(azure, group, "nic-other", subnet);
    const swapped = await call("PUT", idOf("vm-busy"), machine([{ id: other }]));
    expect([swapped.status, codeOf(swapped.body)]).toEqual([409, "OperationNotAllowed"]);
  });

  test("does not span virtual networks", async () => {
    const elsewhere = `${await makeVirtualNetwork(azure, group, "vnet-elsewhere")}/subnets/a`;
    const first = await makeInterface(azure, group, "nic-here", subnet);
    const second = await makeInterface(azure, group, "nic-there", elsewhere);
    const both = [{ id: first, properties: { primary: true } }, { id: second }];
    const answer = await call("PUT", idOf("vm-wide"), machine(both));
    expect([answer.status, codeOf(answer.body)]).toEqual([400, "SubnetsNotInSameVnet"]);
  });

  test.each([
    ["no network interface", machine([]), 400, "InvalidParameter"],
    [
      "a missing network interface",
      machine([{ id: "$group/providers/Microsoft.Network/networkInterfaces/nic-missing" }]),
      400,
      "InvalidResourceReference",
    ],
    ["no id", machine([{ id: "nic" }]), 400, "LinkedInvalidPropertyId"],
    ["no hardware profile", machine([], { hardwareProfile: undefined }), 400, "InvalidParameter"],
    ["a wrong priority", machine([], { priority: "High" }), 400, "InvalidParameter"],
    ["an unknown property", machine([], { colour: "blue" }), 400, "InvalidRequestContent"],
    ["an availability set", machine([], { availabilitySet: { id: "x" } }), 501, "NotImplementedByLocalAzure"],
    ["no location", { ...machine([]), location: undefined }, 400, "LocationRequired"],
    [
      "an identity",
      { ...machine([{ id: "$nic" }]), identity: { type: "SystemAssigned" } },
      501,
      "NotImplementedByLocalAzure",
    ],
  ])("is refused with %s", async (_what, body, status, code) => {
    const nic = await makeInterface(azure, group, "nic-refused", subnet);
    const text = JSON.stringify(body).replace("$group", group).replace("$nic", nic);
    const answer = await call("PUT", idOf("vm-wrong"), JSON.parse(text));
    expect([answer.status, codeOf(answer.body)]).toEqual([status, code]);
  });

  test("does not stop: that is not modelled, and said", async () => {
    const nic = await makeInterface(azure, group, "nic-stop", subnet);
    await putResource(azure, idOf("vm-stop"), computeApi, machine([{ id: nic }]));
    expect((await call("POST", `${idOf("vm-stop")}/deallocate`)).status).toBe(501);
  });
});
