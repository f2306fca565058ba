import { networkTypes } from "../back-references.ts";

/** Azure's names of the types of this folder. */
export const gatewayTypes = {
  applicationGateway: networkTypes.applicationGateway,
  webApplicationFirewallPolicy: "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies",
} as const;
