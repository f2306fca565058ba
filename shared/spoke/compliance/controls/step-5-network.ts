import type { DesiredResource } from "../../../domain/resource.ts";
import { type Control, isNotApplicable, worstOf } from "../control.ts";
import { rulesOf } from "../rule-aspects.ts";
import { standingAsDesired } from "../standing-as-desired.ts";

const about = { step: 5, principles: ["Assume breach"], severity: "medium" } as const;
const isNetwork = ({ type }: DesiredResource) => type === "Microsoft.Network/virtualNetworks";
const isFirewallPart = ({ type }: DesiredResource) =>
  type === "Microsoft.Network/ipGroups" || type === "Microsoft.Network/firewallPolicies/ruleCollectionGroups";

const noFirewall = "The spoke stands behind no firewall.";
const routes = standingAsDesired({ of: ({ type }) => type === "Microsoft.Network/routeTables", none: noFirewall });
const routed = standingAsDesired({
  of: isNetwork,
  at: ({ pointer }) => /^\/subnets\/[^/]+\/(?:routeTableId|natGatewayId)$/.test(pointer),
  none: noFirewall,
});
const wayOut = standingAsDesired({
  of: ({ type }) => type === "Microsoft.Network/natGateways",
  none: "The spoke has no way out of its own.",
});
const managed = standingAsDesired(rulesOf(["management"], "The request asks for no management traffic."));
const outbound = standingAsDesired(rulesOf(["outbound"], "The request asks for no destinations by address."));
const firewall = standingAsDesired({ of: isFirewallPart, none: noFirewall });

export const wayOutControls: readonly Control[] = [
  {
    ...about,
    id: "ZT-5.4",
    title: "What leaves the network goes through the firewall (or the way out that stands for it)",
    section: "Step 5: Alternative Deny Rules",
    severity: "high",
    evaluate: (spoke) => {
      const behindFirewall = spoke.design.hub?.firewall != null;
      const looks = behindFirewall ? [routes(spoke), routed(spoke), firewall(spoke)] : [wayOut(spoke), routed(spoke)];
      if (!behindFirewall && looks[0]?.status === "notApplicable")
        return isNotApplicable("Nothing gets out of this spoke.");
      return worstOf(looks, noFirewall);
    },
  },
];

export const accessControls: readonly Control[] = [
  {
    ...about,
    id: "ZT-5.7",
    title: "Management traffic is planned: allowed by name on the groups and on the firewall both",
    section: "Step 5: Plan for management traffic into the VNet",
    evaluate: (spoke) => {
      if (spoke.design.request.managementAccess.length === 0) return managed(spoke);
      return worstOf([managed(spoke), firewall(spoke)], "The request asks for no management traffic.");
    },
  },
  {
    ...about,
    id: "ZT-5.8",
    title: "Destinations outside are those of the request, on the groups and on the firewall both",
    section: "Step 5: Deploy application specific rules for application security groups",
    evaluate: (spoke) => {
      if (spoke.design.request.outboundAccess.length === 0) return outbound(spoke);
      return worstOf([outbound(spoke), firewall(spoke)], "The request asks for no destinations.");
    },
  },
  {
    ...about,
    id: "ZT-5.9",
    title: "Subnets are private, and private endpoints in them obey the groups",
    section: "Step 5: Secure traffic and resources within the VNet",
    evaluate: standingAsDesired({
      of: isNetwork,
      at: ({ pointer }) =>
        !/^\/subnets\/[^/]+(?:\/(?:networkSecurityGroupId|routeTableId|natGatewayId))?$/.test(pointer),
      none: "The spoke has no network.",
    }),
  },
];
