import type { Finding } from "../../domain/finding.ts";
import { resourceIdKey, sameResourceId } from "../../domain/resource-id.ts";
import { gatewaySubnet } from "../../rules/intent/intent-of.ts";
import type { NetworkDesign } from "../design-network.ts";
import type { SpokeNames } from "../spoke-names.ts";
import { type StandingNetwork, standingSubnet } from "./standing-network.ts";

type Found = Omit<Finding, "step">;

/** What of the standing network is not as the proof supposes, beside the rules themselves. */
export function networkFindings(design: NetworkDesign, names: SpokeNames, network: StandingNetwork): Finding[] {
  const { tiers, gateway } = design.ruleContext;
  const subnets = [...tiers, { name: gatewaySubnet, addressPrefix: gateway.addressPrefix }];
  const found = [
    ...subnets.flatMap(({ name, addressPrefix }) => ofSubnet(design, names, network, name, addressPrefix)),
    ...strangersInGroups(design, names, network),
  ];
  return found.map((one) => ({ ...one, step: 5 }));
}

function ofSubnet(
  design: NetworkDesign,
  names: SpokeNames,
  network: StandingNetwork,
  subnet: string,
  addressPrefix: string,
): Found[] {
  const resourceId = names.subnet(subnet);
  const remedy = "Send the spoke's request again (PUT): the run mends it.";
  const critical = (code: string, message: string): Found => ({
    code,
    severity: "critical",
    message,
    resourceId,
    remedy,
  });
  const standing = standingSubnet(network, subnet);
  if (standing === undefined) return [critical("SubnetMissing", `The subnet snet-${subnet} does not stand.`)];
  const found: Found[] = [];
  const { networkSecurityGroupId: carried } = standing;
  const own = subnet === gatewaySubnet ? names.gatewayNetworkSecurityGroup : names.networkSecurityGroup(subnet);
  if (carried === null) {
    found.push(critical("NetworkSecurityGroupDetached", `snet-${subnet} carries no NSG: everything passes.`));
  } else if (!sameResourceId(carried, own)) {
    const message = `snet-${subnet} carries ${carried} instead of its own NSG; that one is looked at here.`;
    found.push({ code: "OtherNetworkSecurityGroup", severity: "high", message, resourceId, remedy });
  }
  if (standing.addressPrefix !== addressPrefix) {
    const message = `snet-${subnet} has ${standing.addressPrefix || "no address prefix"} instead of ${addressPrefix}, on which the proof rests.`;
    found.push(critical("SubnetAddressesDiffer", message));
  }
  const firewall = subnet === gatewaySubnet ? null : (design.hub?.firewall?.privateIpAddress ?? null);
  const hop = defaultHop(network, standing.routeTableId);
  if (hop !== firewall) {
    const message = `The default route of snet-${subnet} leads to ${hop ?? "no appliance"} instead of ${firewall ?? "no appliance"}: that decides what VirtualNetwork means, and who sees what goes out.`;
    found.push(critical("DefaultRouteDiffers", message));
  }
  return found;
}

/** Address of the appliance, or what else a user-defined default route leads to; null where there is no such route. */
function defaultHop({ routes }: StandingNetwork, routeTableId: string | null): string | null {
  if (routeTableId === null) return null;
  const route = routes.get(resourceIdKey(routeTableId))?.find(({ addressPrefix }) => addressPrefix === "0.0.0.0/0");
  return route === undefined ? null : (route.nextHopIpAddress ?? route.nextHopType);
}

/** A machine in the ASG of another tier than its own has that tier's rights. */
function strangersInGroups({ ruleContext }: NetworkDesign, names: SpokeNames, network: StandingNetwork): Found[] {
  return ruleContext.tiers.flatMap(({ name, applicationSecurityGroupId }) => {
    const home = names.subnet(name);
    const strangers = network.networkInterfaces.filter(
      ({ applicationSecurityGroupIds, subnetIds }) =>
        applicationSecurityGroupIds.some((id) => sameResourceId(id, applicationSecurityGroupId)) &&
        subnetIds.some((id) => !sameResourceId(id, home)),
    );
    return strangers.map(({ id, subnetIds }): Found => {
      const stands = subnetIds.map((subnet) => subnet.split("/").at(-1)).join(", ");
      return {
        code: "InterfaceInOtherTiersGroup",
        severity: "critical",
        message: `A network interface in ${stands} has joined the ASG of tier ${name}: what that tier may, it may too.`,
        resourceId: id,
        remedy: `Take it out of ${applicationSecurityGroupId}, or move its machine into snet-${name}.`,
      };
    });
  });
}
