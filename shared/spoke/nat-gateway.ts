import type { DesiredResource } from "../domain/resource.ts";
import type { SpokeDesign } from "./spoke-design.ts";

/** The way out of a standalone spoke, where the platform gives it one: subnets have no default outbound access. */
export function natGateway(design: SpokeDesign): DesiredResource[] {
  if (design.hub !== null || !design.configuration.standaloneNatGateway) return [];
  const common = { ownership: "owned", steps: [5] } as const;
  return [
    {
      ...common,
      id: design.names.natPublicIpAddress,
      type: "Microsoft.Network/publicIPAddresses",
      dependsOn: [design.names.resourceGroup],
      body: { location: design.request.location, tags: design.tags, zones: [] },
    },
    {
      ...common,
      id: design.names.natGateway,
      type: "Microsoft.Network/natGateways",
      dependsOn: [design.names.natPublicIpAddress],
      body: {
        location: design.request.location,
        tags: design.tags,
        publicIpAddressIds: [design.names.natPublicIpAddress],
      },
    },
  ];
}
