import { prefixLength } from "../domain/address-prefix.ts";
import type { Finding } from "../domain/finding.ts";
import type { SpokeDesign } from "./spoke-design.ts";

/** What the request's topology means for its machines' way out, and for a gateway that may come. */
export function outboundFindings(design: SpokeDesign): Finding[] {
  const findings: Finding[] = [];
  const about = { resourceId: design.names.virtualNetwork, step: 5 } as const;
  const noWayOut = { ...about, code: "NoWayOut", severity: "medium" } as const;
  if (design.hub === null && !design.configuration.standaloneNatGateway) {
    findings.push({
      ...noWayOut,
      message: "Nothing gets out of this standalone spoke: its subnets are private and there is no NAT gateway.",
      remedy: "Let the platform configuration give standalone spokes a NAT gateway, or use a hub.",
    });
  }
  if (design.hub !== null && design.hub.firewall === null) {
    findings.push({
      ...noWayOut,
      message: design.hub.useRemoteGateways
        ? "The subnets of this spoke are private and its hub has no firewall: nothing gets out, except where the hub's gateway has a route."
        : "Nothing gets out of this spoke: its subnets are private, and its hub has neither a firewall nor a gateway for it.",
      remedy: "Give the hub an Azure Firewall and name it in the platform configuration.",
    });
  }
  if (design.hub?.firewall == null) {
    findings.push({
      ...about,
      code: "VirtualMachineManagementByNameUnreachable",
      severity: "medium",
      message:
        "Microsoft Entra sign-in, anti-malware and updates need host names, which only a firewall can allow; without one they are closed.",
      remedy: "Use topology hub-spoke behind an Azure Firewall.",
    });
  }
  if (prefixLength(design.addresses.gatewayPrefix) > 24) {
    findings.push({
      ...about,
      code: "GatewaySubnetSmall",
      severity: "low",
      message: `snet-gateway is ${design.addresses.gatewayPrefix}; Microsoft recommends /24 for Application Gateway v2.`,
      remedy: "Ask for an address prefix of /22 or larger.",
    });
  }
  return findings;
}
