import { expect, test } from "vitest";
import { startLocalAzure } from "../local-azure.ts";
import {
  computeApi,
  makeGroup,
  makeInterface,
  makeStorageAccount,
  makeVirtualNetwork,
  makeWorkspace,
  putResource,
} from "./resources.ts";

test("a resource group goes with machines, networks, links and logs in it", async () => {
  await using azure = await startLocalAzure();
  const group = await makeGroup(azure, "rg-all");
  const vnet = await makeVirtualNetwork(azure, group, "vnet-all");
  const nic = await makeInterface(azure, group, "nic-all", `${vnet}/subnets/a`);
  await putResource(azure, `${group}/providers/Microsoft.Compute/virtualMachines/vm-all`, computeApi, {
    location: "westeurope",
    properties: {
      hardwareProfile: { vmSize: "Standard_D2s_v5" },
      storageProfile: {},
      networkProfile: { networkInterfaces: [{ id: nic }] },
    },
  });
  const zone = `${group}/providers/Microsoft.Network/privateDnsZones/all.internal`;
  await putResource(azure, zone, "2024-06-01", { location: "global", properties: {} });
  await putResource(azure, `${zone}/virtualNetworkLinks/spoke`, "2024-06-01", {
    location: "global",
    properties: { virtualNetwork: { id: vnet } },
  });
  await makeStorageAccount(azure, group, "stall");
  const workspaceId = await makeWorkspace(azure, group, "log-all");
  const logs = [{ category: "VMProtectionAlerts", enabled: true }];
  await azure.monitor().diagnosticSettings.createOrUpdate(vnet, "all", { workspaceId, logs });
  await azure.resources().resourceGroups.delete("rg-all");
  await expect(azure.resources().resourceGroups.get("rg-all")).rejects.toMatchObject({ statusCode: 404 });
  const again = await makeGroup(azure, "rg-all");
  const { body } = await azure.request("GET", `${again}/resources?api-version=2025-04-01`);
  expect((body as { value: unknown[] }).value).toEqual([]);
});
