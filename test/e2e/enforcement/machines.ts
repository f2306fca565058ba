import { expect } from "vitest";
import type { Portal } from "../spokes/portal.ts";

/** A machine `vm-{name}` with an interface `nic-{name}` in a subnet. */
export async function machineIn(
  portal: Portal,
  { group, subnetId, name }: { readonly group: string; readonly subnetId: string; readonly name: string },
): Promise<void> {
  const nic = `${group}/providers/Microsoft.Network/networkInterfaces/nic-${name}`;
  await portal.arm("PUT", nic, {
    location: "westeurope",
    properties: { ipConfigurations: [{ name: "ip", properties: { primary: true, subnet: { id: subnetId } } }] },
  });
  const properties = {
    hardwareProfile: { vmSize: "Standard_D2s_v5" },
    storageProfile: { osDisk: { createOption: "FromImage" } },
    osProfile: { computerName: "vm", adminUsername: "azureuser", adminPassword: "not-shown-1A" },
    networkProfile: { networkInterfaces: [{ id: nic }] },
  };
  const id = `${group}/providers/Microsoft.Compute/virtualMachines/vm-${name}`;
  const made = await portal.arm("PUT", id, { location: "westeurope", properties }, "2024-07-01");
  expect(made.status).toBeLessThan(300);
}

/** Writes the flow log of traffic between two moments (milliseconds since the epoch). */
export async function simulateFlows(
  portal: Portal,
  {
    virtualNetworkId,
    from,
    to,
    ...profile
  }: {
    readonly virtualNetworkId: string;
    readonly from: number;
    readonly to: number;
    readonly flows: readonly object[];
    readonly scans?: number;
  },
): Promise<void> {
  const answer = await portal.stack.fetchAzure("/_local/flows", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      virtualNetworkId,
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      blocks: "hour",
      profile,
    }),
  });
  expect(answer.status, await answer.clone().text()).toBe(200);
}
