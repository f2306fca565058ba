import type { NetworkInterface, VirtualNetwork } from "@azure/arm-network";
import type { NetworkInterfaceFact } from "../domain/platform-facts.ts";
import { nativeOf, type RawResource } from "./raw-resource.ts";

/** Those of the subscription's network interfaces that stand in a virtual network. */
export function interfacesIn(
  virtualNetworkId: string,
  interfaces: readonly NetworkInterface[],
): NetworkInterfaceFact[] {
  const subnets = `${virtualNetworkId}/subnets/`.toLowerCase();
  const standsIn = ({ ipConfigurations = [] }: NetworkInterface) =>
    ipConfigurations.some(({ subnet }) => subnet?.id?.toLowerCase().startsWith(subnets) === true);
  return interfaces.filter(standsIn).map(networkInterfaceFact);
}

/** What the tool wants to know of an interface. */
export function networkInterfaceFact(native: NetworkInterface): NetworkInterfaceFact {
  const configurations = native.ipConfigurations ?? [];
  const groups = configurations.flatMap((one) => one.applicationSecurityGroups ?? []);
  const pools = configurations.flatMap((one) => one.loadBalancerBackendAddressPools ?? []);
  return {
    id: native.id ?? "",
    subnetIds: distinct(configurations.map((one) => one.subnet?.id ?? "")),
    privateIpAddresses: distinct(configurations.map((one) => one.privateIPAddress ?? "")),
    applicationSecurityGroupIds: distinct(groups.map((group) => group.id ?? "")),
    loadBalancerBackendPoolIds: distinct(pools.map((pool) => pool.id ?? "")),
    virtualMachineId: native.virtualMachine?.id ?? null,
    scaleSetId: null,
    managedBy: native.privateEndpoint?.id ?? native.privateLinkService?.id ?? native.hostedWorkloads?.[0] ?? null,
  };
}

/** The same, of a document that was read in bulk. */
export function rawInterfaceFact(raw: RawResource): NetworkInterfaceFact {
  return networkInterfaceFact(nativeOf<NetworkInterface>(raw));
}

const scaleSetConfiguration =
  /^((\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Compute\/virtualMachineScaleSets\/[^/]+)\/virtualMachines\/[^/]+\/networkInterfaces\/[^/]+)\/ipConfigurations\/[^/]+$/i;

/** Interfaces of scale sets are in no list of the subscription: only the subnets tell of them, by the ids alone. */
export function scaleSetInterfaces(network: VirtualNetwork | undefined): NetworkInterfaceFact[] {
  const facts = new Map<string, NetworkInterfaceFact>();
  for (const subnet of network?.subnets ?? []) {
    for (const configuration of subnet.ipConfigurations ?? []) {
      const [, id, scaleSetId] = scaleSetConfiguration.exec(configuration.id ?? "") ?? [];
      if (id === undefined || scaleSetId === undefined) continue;
      const subnetIds = distinct([...(facts.get(id)?.subnetIds ?? []), subnet.id ?? ""]);
      facts.set(id, {
        id,
        subnetIds,
        privateIpAddresses: [],
        applicationSecurityGroupIds: [],
        loadBalancerBackendPoolIds: [],
        virtualMachineId: null,
        scaleSetId,
        managedBy: null,
      });
    }
  }
  return [...facts.values()];
}

function distinct(ids: readonly string[]): string[] {
  return [...new Set(ids.filter((id) => id !== ""))].toSorted();
}
