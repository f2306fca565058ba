import { firstSubscription, type LocalAzure } from "../local-azure.ts";
import { groupId } from "./resources.ts";

/** A virtual machine for Defender to look at. */
export interface MachineOptions {
  /** Rules of the subnet's network security group; undefined: it has none. */
  readonly rules?: readonly object[];
  /** Rules of the network interface's own group; undefined: it has none. */
  readonly interfaceRules?: readonly object[];
  readonly publicAddress?: boolean;
  readonly ipForwarding?: boolean;
}

/** An inbound rule of a network security group. */
export function inbound(name: string, priority: number, change: object = {}): object {
  return {
    name,
    properties: {
      protocol: "Tcp",
      sourcePortRange: "*",
      sourceAddressPrefix: "Internet",
      destinationPortRange: "22",
      destinationAddressPrefix: "*",
      access: "Allow",
      priority,
      direction: "Inbound",
      ...change,
    },
  };
}

/** The ids of a machine and of what it stands behind. */
export interface Machine {
  readonly id: string;
  readonly subnetId: string;
  readonly nsgId: string;
  readonly nicId: string;
  readonly group: string;
}

/** Makes a machine in a group, network and subnet of its own (10.30.0.0/24). */
export async function makeMachine(azure: LocalAzure, name: string, options: MachineOptions = {}): Promise<Machine> {
  const group = groupId(`rg-${name}`, firstSubscription);
  const network = (kind: string, last: string) => `${group}/providers/Microsoft.Network/${kind}/${last}`;
  const [nsgId, ownNsgId] = [network("networkSecurityGroups", "nsg"), network("networkSecurityGroups", "nsg-nic")];
  const [vnetId, nicId] = [network("virtualNetworks", "vnet"), network("networkInterfaces", "nic")];
  const id = `${group}/providers/Microsoft.Compute/virtualMachines/${name}`;
  const publicId = network("publicIPAddresses", "pip");
  const location = "westeurope";
  const { rules, interfaceRules, publicAddress = false, ipForwarding = false } = options;
  const groupOf = (groupRules: readonly object[] | undefined, groupIdentity: string) =>
    groupRules === undefined
      ? []
      : [{ id: groupIdentity, body: { location, properties: { securityRules: groupRules } } }];
  const reference = (given: unknown, target: string) =>
    given === undefined ? {} : { networkSecurityGroup: { id: target } };
  const subnet = { name: "a", properties: { addressPrefix: "10.30.0.0/24", ...reference(rules, nsgId) } };
  const ip = {
    subnet: { id: `${vnetId}/subnets/a` },
    ...(publicAddress ? { publicIPAddress: { id: publicId } } : {}),
  };
  const pip = { location, sku: { name: "Standard" }, properties: { publicIPAllocationMethod: "Static" } };
  const value = [
    { id: group, body: { location } },
    ...groupOf(rules, nsgId),
    ...groupOf(interfaceRules, ownNsgId),
    ...(publicAddress ? [{ id: publicId, body: pip }] : []),
    {
      id: vnetId,
      body: { location, properties: { addressSpace: { addressPrefixes: ["10.30.0.0/16"] }, subnets: [subnet] } },
    },
    {
      id: nicId,
      body: {
        location,
        properties: {
          enableIPForwarding: ipForwarding,
          ipConfigurations: [{ name: "ip", properties: ip }],
          ...reference(interfaceRules, ownNsgId),
        },
      },
    },
    {
      id,
      body: {
        location,
        properties: {
          hardwareProfile: { vmSize: "Standard_D2s_v5" },
          storageProfile: {},
          networkProfile: { networkInterfaces: [{ id: nicId }] },
        },
      },
    },
  ];
  const { stored } = await azure.control<{ stored: number }>("POST", "resources", { value });
  if (stored !== value.length) throw new Error(`Only ${stored} resources of ${name} were stored.`);
  return { id, subnetId: `${vnetId}/subnets/a`, nsgId, nicId, group };
}

/** Switches Defender for Servers on or off in the first subscription. */
export async function setServersPlan(azure: LocalAzure, subPlan: "P1" | "P2" | undefined): Promise<void> {
  const pricing = subPlan === undefined ? { pricingTier: "Free" } : { pricingTier: "Standard", subPlan };
  await azure.security().pricings.update("VirtualMachines", pricing);
}
