import { denyAll } from "./baseline-rules.ts";
import type { RuleContext } from "./rule-context.ts";
import { anyEndpoint, group, prefixes, type RuleDraft } from "./rule-draft.ts";
import { serviceLabel } from "./tier-names.ts";

/**
 * Rules of the gateway subnet's NSG (guidance, step 5, rules 1 and 2). GatewayManager and AzureLoadBalancer must reach
 * Any, or Azure refuses the Application Gateway (trap 15), and outbound is not denied: the gateway needs the Internet
 * (trap 16). Without a gateway the subnet stays closed.
 */
export function gatewayRules(context: RuleContext): RuleDraft[] {
  const subnet = prefixes(context.gateway.addressPrefix);
  const first = context.tiers[0];
  const allow = (draft: Omit<RuleDraft, "band" | "access">): RuleDraft => ({
    band: "application",
    access: "Allow",
    ...draft,
  });
  const published: RuleDraft[] =
    context.gateway.publishes && first !== undefined
      ? [
          allow({
            name: "Allow-Internet-to-Gateway",
            direction: "Inbound",
            protocol: "Tcp",
            source: prefixes("Internet"),
            destination: subnet,
            ports: ["443"],
            description: "Users to the Application Gateway, HTTPS only.",
          }),
          allow({
            name: `Allow-Gateway-to-${serviceLabel(first)}-VMs`,
            direction: "Outbound",
            protocol: "Tcp",
            source: subnet,
            destination: group(first.applicationSecurityGroupId),
            ports: [String(first.port)],
            description: `Application Gateway to the machines of tier ${first.name}.`,
          }),
        ]
      : [];
  return [
    ...published,
    allow({
      name: "Allow-GatewayManager",
      direction: "Inbound",
      protocol: "Tcp",
      source: prefixes("GatewayManager"),
      destination: anyEndpoint,
      ports: ["65200-65535"],
      description: "Azure's management of Application Gateway v2; Azure refuses the gateway without it.",
    }),
    allow({
      name: "Allow-Probe-to-Gateway",
      direction: "Inbound",
      protocol: "*",
      source: prefixes("AzureLoadBalancer"),
      destination: anyEndpoint,
      ports: ["*"],
      description: "Azure's health probes of Application Gateway v2; Azure refuses the gateway without them.",
    }),
    denyAll("Inbound"),
  ];
}

/** The first tier's side of the gateway's traffic; the source is the subnet, as a gateway joins no ASG (trap 14). */
export function fromGatewayRules(context: RuleContext): RuleDraft[] {
  const first = context.tiers[0];
  if (!context.gateway.publishes || first === undefined) return [];
  return [
    {
      band: "application",
      name: `Allow-Gateway-to-${serviceLabel(first)}-VMs`,
      direction: "Inbound",
      access: "Allow",
      protocol: "Tcp",
      source: prefixes(context.gateway.addressPrefix),
      destination: group(first.applicationSecurityGroupId),
      ports: [String(first.port)],
      description: `Application Gateway to the machines of tier ${first.name}.`,
    },
  ];
}
