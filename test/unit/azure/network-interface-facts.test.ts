import { expect, test } from "vitest";
import { interfacesIn, scaleSetInterfaces } from "../../../shared/azure/network-interface-facts.ts";

const group = "/subscriptions/s/resourceGroups/rg";
const network = `${group}/providers/Microsoft.Network/virtualNetworks/vnet`;
const subnet = `${network}/subnets/snet-app`;

test("interfaces of a private endpoint tell who manages them; those of another network are left out", () => {
  const endpoint = `${group}/providers/Microsoft.Network/privateEndpoints/pe`;
  const facts = interfacesIn(network, [
    { id: "nic-1", ipConfigurations: [{ subnet: { id: subnet.toUpperCase() } }], privateEndpoint: { id: endpoint } },
    { id: "nic-3", ipConfigurations: [{ subnet: { id: subnet } }], virtualMachine: { id: "vm-3" } },
    { id: "nic-2", ipConfigurations: [{ subnet: { id: `${network}-2/subnets/snet-app` } }] },
  ]);
  expect(facts).toMatchObject([
    { id: "nic-1", managedBy: endpoint, virtualMachineId: null, scaleSetId: null },
    { id: "nic-3", managedBy: null, virtualMachineId: "vm-3" },
  ]);
});

test("interfaces of a scale set are told by the subnets, once however many addresses they have", () => {
  const scaleSet = `${group}/providers/Microsoft.Compute/virtualMachineScaleSets/vmss`;
  const nic = `${scaleSet}/virtualMachines/0/networkInterfaces/nic`;
  const ipConfigurations = [
    { id: `${nic}/ipConfigurations/one` },
    { id: `${nic}/ipConfigurations/two` },
    { id: `${group}/providers/Microsoft.Network/networkInterfaces/plain/ipConfigurations/one` },
  ];
  expect(scaleSetInterfaces({ location: "westeurope", subnets: [{ id: subnet, ipConfigurations }] })).toEqual([
    {
      id: nic,
      subnetIds: [subnet],
      privateIpAddresses: [],
      applicationSecurityGroupIds: [],
      loadBalancerBackendPoolIds: [],
      virtualMachineId: null,
      scaleSetId: scaleSet,
      managedBy: null,
    },
  ]);
  expect(scaleSetInterfaces(undefined)).toEqual([]);
});
