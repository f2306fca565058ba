import type { DemoRequest } from "../demo-request.ts";
import type { WatchedSpoke } from "./watched-spoke.ts";

const computeVersion = "2024-07-01";
const hour = 3_600_000;
const days = 8;

/** A virtual machine with one interface in the subnet of a tier. */
export async function makeMachine(spoke: WatchedSpoke, tier: string, location: string): Promise<void> {
  const interfaceId = `${spoke.group}/providers/Microsoft.Network/networkInterfaces/nic-${tier}`;
  const subnet = { id: `${spoke.virtualNetwork}/subnets/snet-${tier}` };
  await spoke.owner.make(interfaceId, {
    location,
    properties: { ipConfigurations: [{ name: "ip", properties: { primary: true, subnet } }] },
  });
  const properties = {
    hardwareProfile: { vmSize: "Standard_D2s_v5" },
    storageProfile: { osDisk: { createOption: "FromImage" } },
    osProfile: { computerName: tier, adminUsername: "azureuser", adminPassword: "not-shown-1A" },
    networkProfile: { networkInterfaces: [{ id: interfaceId }] },
  };
  const id = `${spoke.group}/providers/Microsoft.Compute/virtualMachines/vm-${tier}`;
  await spoke.owner.make(id, { location, properties }, computeVersion);
}

/** The traffic of a three-tier application until the last full hour, with patch management and with an intruder who is denied. */
export async function simulateWeek(spoke: WatchedSpoke, request: DemoRequest): Promise<void> {
  const to = Math.floor(Date.now() / hour) * hour;
  const tiers = request.application.tiers;
  const chain = tiers.slice(1).map(({ name, port }, index) => ({
    from: `snet-${tiers[index]?.name}`,
    to: `snet-${name}`,
    port,
    perHour: 30,
  }));
  const patches = { from: "10.0.1.7", to: `snet-${tiers[0]?.name}`, port: 443, perHour: 2 };
  await spoke.owner.order("POST", "flows", {
    virtualNetworkId: spoke.virtualNetwork,
    from: new Date(to - days * 24 * hour).toISOString(),
    to: new Date(to).toISOString(),
    blocks: "hour",
    profile: {
      flows: [...chain, patches],
      intruder: { from: "10.99.0.7", to: `snet-${tiers.at(-1)?.name}`, ports: [22, 3389], perHour: 5 },
    },
  });
}
