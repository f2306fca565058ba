import type { Finding } from "../../domain/finding.ts";
import type { DesiredResource } from "../../domain/resource.ts";
import type { SpokeDesign } from "../spoke-design.ts";
import type { Step } from "./step.ts";

/**
 * Step 6: access to the network and the application. A hub-spoke network is peered on both sides, one after the
 * other: two halves written at once meet each other's busy network (traps 17 and 19).
 */
export const secureAccess: Step = {
  number: 6,
  name: "Secure access to the virtual network and application",
  resources: peerings,
  findings: notYetBuilt,
};

function peerings(design: SpokeDesign): DesiredResource[] {
  const { hub, names } = design;
  if (hub === null) return [];
  const common = {
    type: "Microsoft.Network/virtualNetworks/virtualNetworkPeerings",
    ownership: "owned",
    steps: [6],
  } as const;
  const side = { allowVirtualNetworkAccess: true, allowForwardedTraffic: true };
  return [
    {
      ...common,
      id: names.peeringToHub,
      dependsOn: [names.virtualNetwork],
      body: {
        ...side,
        remoteVirtualNetworkId: hub.virtualNetworkId,
        allowGatewayTransit: false,
        useRemoteGateways: hub.useRemoteGateways,
        peeringState: null,
      },
    },
    {
      ...common,
      id: names.peeringFromHub(hub),
      dependsOn: [names.peeringToHub],
      body: {
        ...side,
        remoteVirtualNetworkId: names.virtualNetwork,
        allowGatewayTransit: hub.useRemoteGateways,
        useRemoteGateways: false,
        peeringState: "Connected",
      },
    },
  ];
}

/** Code of the finding that says that the gateway which was asked for does not stand: the step stays Pending. */
export const applicationGatewayNotBuilt = "ApplicationGatewayNotBuilt";

/** What the request asks for and this version does not build: said, never passed over. */
function notYetBuilt(design: SpokeDesign): Finding[] {
  const { hostName, clientId } = design.request.application;
  const findings: Finding[] = [];
  if (hostName !== null) {
    findings.push({
      code: applicationGatewayNotBuilt,
      severity: "high",
      message: `This version prepares the subnet and rules of the Application Gateway for ${hostName}, but does not build the gateway.`,
      resourceId: null,
      remedy: "Build the gateway in snet-gateway, or wait for the version that does.",
      step: 6,
    });
  }
  if (clientId === null) {
    findings.push({
      code: "ApplicationUnknown",
      severity: "medium",
      message: "The request names no application (clientId), so nothing can be said about its Conditional Access.",
      resourceId: null,
      remedy: "Register the application in Microsoft Entra and name its clientId.",
      step: 6,
    });
  }
  return findings;
}
