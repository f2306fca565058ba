import { isJsonObject, type JsonObject, objectsOf } from "../../json.ts";
import { networkTypes } from "../../network/back-references.ts";
import type { Resource } from "../../resource.ts";
import type { World } from "../../world.ts";

/** A network interface of a machine, with what its traffic passes. */
export interface MachineInterface {
  readonly resource: Resource;
  readonly privateAddresses: readonly string[];
  readonly ipForwarding: boolean;
  /** It has a public address, or takes traffic from the public frontend of a load balancer. */
  readonly internetFacing: boolean;
  /** The network security groups of subnet and interface, each once. */
  readonly securityGroups: readonly Resource[];
}

/** The interfaces of a virtual machine, the primary one first. */
export function machineInterfaces(world: World, machine: Resource): readonly MachineInterface[] {
  const profile = objectOf(machine.body.properties.networkProfile);
  const references = objectsOf(profile.networkInterfaces);
  const ordered = [...references].sort((a, b) => Number(isPrimary(b)) - Number(isPrimary(a)));
  return ordered.flatMap(({ id }) => {
    const resource = world.get(String(id));
    return resource === undefined ? [] : [interfaceOf(world, resource)];
  });
}

function isPrimary(reference: JsonObject): boolean {
  return objectOf(reference.properties).primary === true;
}

function interfaceOf(world: World, resource: Resource): MachineInterface {
  const { ipConfigurations, networkSecurityGroup, enableIPForwarding } = resource.body.properties;
  const configurations = objectsOf(ipConfigurations).map(({ properties }) => objectOf(properties));
  const subnets = configurations.map(({ subnet }) => found(world, subnet));
  const groups = [...subnets.map((subnet) => found(world, subnet?.body.properties.networkSecurityGroup))];
  const all = [...groups, found(world, networkSecurityGroup)].filter((group) => group !== undefined);
  return {
    resource,
    privateAddresses: configurations.map(({ privateIPAddress }) => String(privateIPAddress)),
    ipForwarding: enableIPForwarding === true,
    internetFacing: configurations.some((configuration) => facesInternet(world, configuration)),
    securityGroups: [...new Map(all.map((group) => [group.id.toLowerCase(), group])).values()],
  };
}

function facesInternet(world: World, configuration: JsonObject): boolean {
  if (isJsonObject(configuration.publicIPAddress)) return true;
  const pools = objectsOf(configuration.loadBalancerBackendAddressPools);
  return pools.some(({ id }) => {
    const balancer = world.get(String(id).split("/").slice(0, -2).join("/"));
    if (balancer?.type !== networkTypes.loadBalancer) return false;
    const frontends = objectsOf(balancer.body.properties.frontendIPConfigurations);
    return frontends.some(({ properties }) => isJsonObject(objectOf(properties).publicIPAddress));
  });
}

function found(world: World, reference: unknown): Resource | undefined {
  return isJsonObject(reference) ? world.get(String(reference.id)) : undefined;
}

function objectOf(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}
