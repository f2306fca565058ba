import type { NetworkInterface, NetworkInterfaceIPConfiguration } from "@azure/arm-network";
import { RefusedError } from "../domain/errors.ts";
import type { DesiredResource } from "../domain/resource.ts";
import { isSame } from "./arm-id.ts";
import type { AzureClients } from "./clients.ts";
import { refuseRemoval } from "./membership.ts";
import { networkResourcePort } from "./network-resource.ts";
import { inOrderOf } from "./normal-form.ts";
import type { ResourcePort } from "./ports.ts";

type Type = "Microsoft.Network/networkInterfaces";
type Reference = { id?: string };

/**
 * Membership of a network interface in application security groups and load-balancer pools. All else of it, and groups
 * and pools that are not ours, are preserved; `retired` holds ids of groups and pools to leave.
 */
export function networkInterfacePort(clients: AzureClients): ResourcePort<Type> {
  const port = networkResourcePort<Type, NetworkInterface>(clients, (client) => client.networkInterfaces, {
    type: "Microsoft.Network/networkInterfaces",
    toBody: (native, desired) => {
      const { subnetId, applicationSecurityGroupIds, loadBalancerBackendPoolIds } = desired.body;
      const inSubnet = configurationsIn(native, subnetId);
      const groups = inSubnet.map((configuration) => configuration.applicationSecurityGroups ?? []);
      const pools = inSubnet.filter(isIpv4).map((configuration) => configuration.loadBalancerBackendAddressPools ?? []);
      return {
        subnetId: inSubnet[0]?.subnet?.id ?? native.ipConfigurations?.[0]?.subnet?.id ?? "",
        applicationSecurityGroupIds: membershipIn(groups, applicationSecurityGroupIds),
        loadBalancerBackendPoolIds: membershipIn(pools, loadBalancerBackendPoolIds),
      };
    },
    toNative: (desired, standing) => {
      if (standing === null || configurationsIn(standing, desired.body.subnetId).length === 0)
        throw leftSubnet(desired);
      return {
        ...standing,
        ipConfigurations: (standing.ipConfigurations ?? []).map((configuration) =>
          isSame(configuration.subnet?.id, desired.body.subnetId) ? joined(configuration, desired) : configuration,
        ),
      };
    },
    holdsOwnMembers: () => true,
  });
  return { ...port, remove: refuseRemoval };
}

function joined(
  configuration: NetworkInterfaceIPConfiguration,
  { body, retired = [] }: DesiredResource<Type>,
): NetworkInterfaceIPConfiguration {
  // The tool's load balancers have IPv4 frontends, and Azure keeps the families of a pool apart.
  const pools = isIpv4(configuration) ? body.loadBalancerBackendPoolIds : [];
  return {
    ...configuration,
    applicationSecurityGroups: merged(
      configuration.applicationSecurityGroups ?? [],
      body.applicationSecurityGroupIds,
      retired,
    ),
    loadBalancerBackendAddressPools: merged(configuration.loadBalancerBackendAddressPools ?? [], pools, retired),
  };
}

function merged(standing: readonly Reference[], wanted: readonly string[], retired: readonly string[]): Reference[] {
  const dropped = [...wanted, ...retired];
  const others = standing.filter((one) => !dropped.some((id) => isSame(one.id, id)));
  return [...others.map(({ id }) => ({ id })), ...wanted.map((id) => ({ id }))];
}

/** Wanted members count where every configuration holds them, others (to be preserved or retired) where any does. */
function membershipIn(configurations: readonly (readonly Reference[])[], wanted: readonly string[]): string[] {
  const holds = (references: readonly Reference[], id: string) => references.some((one) => isSame(one.id, id));
  const standing = [...new Set(configurations.flat().map((one) => one.id ?? ""))];
  const counted = standing.filter(
    (id) => !wanted.some((one) => isSame(one, id)) || configurations.every((one) => holds(one, id)),
  );
  return inOrderOf(wanted, counted);
}

function configurationsIn(native: NetworkInterface, subnetId: string): NetworkInterfaceIPConfiguration[] {
  return (native.ipConfigurations ?? []).filter((configuration) => isSame(configuration.subnet?.id, subnetId));
}

function isIpv4(configuration: NetworkInterfaceIPConfiguration): boolean {
  return configuration.privateIPAddressVersion !== "IPv6";
}

function leftSubnet(desired: DesiredResource<Type>): RefusedError {
  return new RefusedError({
    code: "NetworkInterfaceLeftSubnet",
    message: `The network interface no longer stands in ${desired.body.subnetId}.`,
    resourceId: desired.id,
    remedy: "Run again: the plan is made anew from what stands.",
  });
}
