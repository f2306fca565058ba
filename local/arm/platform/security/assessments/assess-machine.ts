import type { Resource } from "../../../resource.ts";
import type { World } from "../../../world.ts";
import { letsInternetIn, letsInternetInEverywhere } from "../inbound-rules.ts";
import { policiesNaming } from "../just-in-time/policies-naming.ts";
import { type MachineInterface, machineInterfaces } from "../machine-network.ts";
import { healthy, notApplicable, unhealthy, type Verdict } from "./verdict.ts";

/** SSH, RDP and remote PowerShell. Source: Defender for Cloud, "Understanding just-in-time (JIT) VM access". */
const managementPorts = [22, 3389, 5985, 5986];

const noGroup = notApplicable("NoNetworkSecurityGroup", "No network security group filters the machine's traffic.");

type Assess = (interfaces: readonly MachineInterface[], world: World, machine: Resource) => Verdict;

const byKey: Readonly<Record<string, Assess>> = {
  "bc303248-3d14-44c2-96a0-55f5c326b5fe": managementPortsClosed,
  "805651bc-6ecd-4c73-9b55-97a19d0582d0": justInTime,
  "483f12ed-ae23-447e-a2de-a67a10db4353": (interfaces) => protectedWhere(interfaces, true),
  "a9341235-9389-42f0-a0bf-9bfb57960d44": (interfaces) => protectedWhere(interfaces, false),
  "3b20e985-f71f-483b-b078-f30d73936d43": allPortsRestricted,
  "c3b51c94-588b-426b-a892-24696f9e54cc": ipForwardingDisabled,
};

/** What a recommendation says of a virtual machine as it stands. */
export function assessMachine(world: World, machine: Resource, key: string): Verdict {
  const assess = byKey[key];
  if (assess === undefined) throw new Error(`No assessment of machines has the key ${key}.`);
  return assess(machineInterfaces(world, machine), world, machine);
}

/** A port is open where the groups of subnet and interface both let the Internet in. */
function openPorts({ securityGroups }: MachineInterface): readonly number[] {
  if (securityGroups.length === 0) return [];
  return managementPorts.filter((port) => securityGroups.every((group) => letsInternetIn(group, port)));
}

function managementPortsClosed(interfaces: readonly MachineInterface[]): Verdict {
  if (!interfaces.some(({ securityGroups }) => securityGroups.length > 0)) return noGroup;
  const open = [...new Set(interfaces.flatMap(openPorts))];
  if (open.length === 0) return healthy;
  return unhealthy("OpenManagementPorts", `Open to the Internet: ${open.join(", ")}.`);
}

function justInTime(interfaces: readonly MachineInterface[], world: World, machine: Resource): Verdict {
  if (!interfaces.some(({ securityGroups }) => securityGroups.length > 0)) return noGroup;
  if (policiesNaming(world, machine.id).length > 0) return healthy;
  if (interfaces.every((each) => openPorts(each).length === 0)) return healthy;
  return unhealthy("NoJustInTimePolicy", "Management ports are open and no just-in-time policy names the machine.");
}

function protectedWhere(interfaces: readonly MachineInterface[], internetFacing: boolean): Verdict {
  const isFacing = interfaces.some((each) => each.internetFacing);
  if (isFacing !== internetFacing) {
    return isFacing
      ? notApplicable("InternetFacing", "The machine is internet-facing.")
      : notApplicable("NotInternetFacing", "The machine is not internet-facing.");
  }
  const bare = interfaces.find(({ securityGroups }) => securityGroups.length === 0);
  if (bare === undefined) return healthy;
  return unhealthy(
    "MissingNetworkSecurityGroup",
    `${bare.resource.name} and its subnet have no network security group.`,
  );
}

function allPortsRestricted(interfaces: readonly MachineInterface[]): Verdict {
  const groups = interfaces.flatMap(({ securityGroups }) => securityGroups);
  if (groups.length === 0) return noGroup;
  const open = groups.find(letsInternetInEverywhere);
  if (open === undefined) return healthy;
  return unhealthy("PermissiveInboundRule", `${open.name} lets the Internet in on all ports.`);
}

function ipForwardingDisabled(interfaces: readonly MachineInterface[]): Verdict {
  const forwarding = interfaces.find(({ ipForwarding }) => ipForwarding);
  if (forwarding === undefined) return healthy;
  return unhealthy("IpForwardingEnabled", `IP forwarding is enabled on ${forwarding.resource.name}.`);
}
