import type { JsonObject } from "../../json.ts";
import type { Resource, ResourceBody } from "../../resource.ts";
import type { ResourceType } from "../../resource-type.ts";
import type { CompletionContext } from "../../world.ts";
import { computeApiVersions } from "./compute-parts.ts";
import { InstanceAddresses } from "./instance-addresses.ts";
import { type ScaleSetNetworkProfile, storedNetworkProfile } from "./scale-set-network.ts";

/** A machine of a scale set; Azure makes and removes them as the set's capacity says. */
export const scaleSetVirtualMachine: ResourceType = {
  type: "Microsoft.Compute/virtualMachineScaleSets/virtualMachines",
  scope: "resourceGroup",
  apiVersions: computeApiVersions,
  location: "required",
  tags: true,
  list: { by: ["parent"] },
};

/** A network interface of such a machine: it lives under Microsoft.Compute and cannot be written on its own. */
export const scaleSetNetworkInterface: ResourceType = {
  type: "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/networkInterfaces",
  scope: "resourceGroup",
  apiVersions: computeApiVersions,
  list: { by: ["parent"] },
};

/**
 * Brings the machines of a scale set to its capacity: makes missing ones, takes the youngest away. Standing machines keep
 * their network unless the set upgrades automatically.
 * @throws ArmError SubnetIsFull
 */
export function matchCapacity(context: CompletionContext, capacity: number, upgrade: "Automatic" | "Manual"): void {
  const { resource, world } = context;
  const instances = world.below(resource.id).filter(({ type }) => type === scaleSetVirtualMachine.type);
  const byNumber = [...instances].sort((a, b) => Number(a.name) - Number(b.name));
  for (const surplus of byNumber.slice(capacity)) removeInstance(context, surplus);
  const kept = byNumber.slice(0, capacity);
  const profile = storedNetworkProfile(resource.body.properties.virtualMachineProfile);
  const addresses = new InstanceAddresses(world);
  if (upgrade === "Automatic") {
    for (const instance of kept) writeInterfaces(context, instance.id, profile, addresses);
  } else {
    for (const instance of kept) context.update(instance.id, (body) => outdated(body));
  }
  const next = Math.max(-1, ...byNumber.map(({ name }) => Number(name))) + 1;
  for (let index = 0; index < capacity - kept.length; index += 1)
    makeInstance(context, next + index, profile, addresses);
}

/** Takes a machine and its network interfaces away. */
export function removeInstance(context: CompletionContext, instance: Resource): void {
  for (const nic of context.world.below(instance.id)) context.remove(nic.id);
  context.remove(instance.id);
}

function outdated(body: ResourceBody): ResourceBody {
  return { ...body, properties: { ...body.properties, latestModelApplied: false } };
}

function makeInstance(
  context: CompletionContext,
  number: number,
  profile: ScaleSetNetworkProfile,
  addresses: InstanceAddresses,
): void {
  const { resource } = context;
  const id = `${resource.id}/virtualMachines/${number}`;
  const nics = profile.networkInterfaceConfigurations.map(({ name }) => ({ id: `${id}/networkInterfaces/${name}` }));
  const properties: JsonObject = {
    latestModelApplied: true,
    networkProfile: { networkInterfaces: nics },
  };
  context.write(id, {
    ...(resource.body.location === undefined ? {} : { location: resource.body.location }),
    ...(resource.body.sku === undefined ? {} : { sku: resource.body.sku }),
    instanceId: String(number),
    properties,
  });
  writeInterfaces(context, id, profile, addresses);
}

function writeInterfaces(
  context: CompletionContext,
  instanceId: string,
  profile: ScaleSetNetworkProfile,
  addresses: InstanceAddresses,
): void {
  for (const { name, properties } of profile.networkInterfaceConfigurations) {
    const id = `${instanceId}/networkInterfaces/${name}`;
    const before = context.world.get(id);
    const ipConfigurations = properties.ipConfigurations.map((configuration) => ({
      id: `${id}/ipConfigurations/${configuration.name}`,
      name: configuration.name,
      properties: {
        ...configuration.properties,
        privateIPAddress:
          keptAddress(before, configuration) ??
          addresses.next(configuration.properties.subnet.id, `${id}/ipConfigurations/${configuration.name}`),
        privateIPAllocationMethod: "Dynamic",
        privateIPAddressVersion: "IPv4",
      },
    }));
    context.write(id, {
      properties: {
        primary: properties.primary ?? profile.networkInterfaceConfigurations.length === 1,
        enableAcceleratedNetworking: properties.enableAcceleratedNetworking ?? false,
        enableIPForwarding: properties.enableIPForwarding ?? false,
        ...(properties.networkSecurityGroup === undefined
          ? {}
          : { networkSecurityGroup: properties.networkSecurityGroup }),
        ipConfigurations,
        virtualMachine: { id: instanceId },
      },
    });
  }
}

type IpConfiguration =
  ScaleSetNetworkProfile["networkInterfaceConfigurations"][number]["properties"]["ipConfigurations"][number];

function keptAddress(before: Resource | undefined, configuration: IpConfiguration): string | undefined {
  const standing = before?.body.properties.ipConfigurations as readonly StandingIpConfiguration[] | undefined;
  const same = standing?.find(({ name }) => name === configuration.name)?.properties;
  const subnetStays = same?.subnet.id.toLowerCase() === configuration.properties.subnet.id.toLowerCase();
  return subnetStays ? same?.privateIPAddress : undefined;
}

interface StandingIpConfiguration {
  readonly name: string;
  readonly properties: { readonly subnet: { readonly id: string }; readonly privateIPAddress: string };
}
