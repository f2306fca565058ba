import type { Subnet } from "@azure/arm-network";
import type { SubnetBody } from "../domain/resource.ts";

/**
 * A subnet in normal form. Azure leaves out what stands at its default: outbound access of its own (until API version
 * 2025-07-01 the default), and private endpoints that network policies do not touch.
 */
export function subnetBody(native: Subnet): SubnetBody {
  return {
    name: native.name ?? "",
    addressPrefix: native.addressPrefix ?? (native.addressPrefixes ?? []).join(","),
    networkSecurityGroupId: native.networkSecurityGroup?.id ?? null,
    routeTableId: native.routeTable?.id ?? null,
    natGatewayId: native.natGateway?.id ?? null,
    defaultOutboundAccess: native.defaultOutboundAccess ?? true,
    privateEndpointNetworkPolicies: native.privateEndpointNetworkPolicies ?? "Disabled",
  };
}

/** The subnet to write: associations exactly as desired, delegations and endpoints as others set them. */
export function nativeSubnet(body: SubnetBody, standing: Subnet | undefined): Subnet {
  return {
    ...standing,
    name: body.name,
    addressPrefix: body.addressPrefix,
    addressPrefixes: undefined,
    networkSecurityGroup: reference(body.networkSecurityGroupId),
    routeTable: reference(body.routeTableId),
    natGateway: reference(body.natGatewayId),
    defaultOutboundAccess: body.defaultOutboundAccess,
    privateEndpointNetworkPolicies: body.privateEndpointNetworkPolicies,
  };
}

function reference(id: string | null): { id: string } | undefined {
  return id === null ? undefined : { id };
}
