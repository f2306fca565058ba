import { z } from "zod";
import { notModelled } from "../../errors/request-errors.ts";
import type { WriteContext } from "../../world.ts";
import { parseShape } from "../shape.ts";
import { documentPart } from "./compute-parts.ts";

const subResource = z.strictObject({ id: z.string() });

const ipConfiguration = z.strictObject({
  name: z.string(),
  properties: z.strictObject({
    subnet: subResource,
    primary: z.boolean().optional(),
    privateIPAddressVersion: z.literal("IPv4").optional(),
    applicationSecurityGroups: z.array(subResource).optional(),
    loadBalancerBackendAddressPools: z.array(subResource).optional(),
  }),
});

const nicConfiguration = z.strictObject({
  name: z.string(),
  properties: z.strictObject({
    primary: z.boolean().optional(),
    enableAcceleratedNetworking: z.boolean().optional(),
    enableIPForwarding: z.boolean().optional(),
    dnsSettings: documentPart.optional(),
    networkSecurityGroup: subResource.optional(),
    ipConfigurations: z.array(ipConfiguration).min(1),
  }),
});

/** The network profile of a scale set's machines. */
export const scaleSetNetworkProfile = z.strictObject({
  networkInterfaceConfigurations: z.array(nicConfiguration).min(1),
  healthProbe: subResource.optional(),
});

export type ScaleSetNetworkProfile = z.infer<typeof scaleSetNetworkProfile>;

/** Reads a stored network profile again. */
export function storedNetworkProfile(virtualMachineProfile: unknown): ScaleSetNetworkProfile {
  const shape = z.looseObject({ networkProfile: scaleSetNetworkProfile });
  return parseShape("VirtualMachineProfile", virtualMachineProfile, shape).networkProfile;
}

/**
 * Checks every reference of a network profile, and that the caller may join it.
 * @throws ArmError as the references demand; 501 for application gateway pools
 */
export function checkNetworkReferences(context: WriteContext, profile: ScaleSetNetworkProfile): void {
  if (profile.healthProbe !== undefined) throw notModelled("'healthProbe' of scale sets");
  for (const { properties } of profile.networkInterfaceConfigurations) {
    if (properties.networkSecurityGroup !== undefined) {
      context.reference(properties.networkSecurityGroup.id, { type: "Microsoft.Network/networkSecurityGroups" });
    }
    for (const { properties: address } of properties.ipConfigurations) {
      context.reference(address.subnet.id, { type: "Microsoft.Network/virtualNetworks/subnets" });
      for (const { id } of address.applicationSecurityGroups ?? []) {
        const type = "Microsoft.Network/applicationSecurityGroups";
        context.reference(id, { type, joinAction: "joinIpConfiguration" });
      }
      for (const { id } of address.loadBalancerBackendAddressPools ?? []) {
        context.reference(id, { type: "Microsoft.Network/loadBalancers/backendAddressPools" });
      }
    }
  }
}
