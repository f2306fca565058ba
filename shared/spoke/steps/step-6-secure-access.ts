import { applicationGatewayResources } from "../application-gateway.ts";
import { multiFactorFindings } from "../multi-factor-findings.ts";
import { multiFactorPolicy } from "../multi-factor-policy.ts";
import { peerings } from "../peerings.ts";
import { privateDnsLinks } from "../private-dns-links.ts";
import type { Step } from "./step.ts";

/** Step 6: access to the network and the application: peering, name resolution, the gateway, Conditional Access. */
export const secureAccess: Step = {
  number: 6,
  name: "Secure access to the virtual network and application",
  resources: (design) => [
    ...peerings(design),
    ...applicationGatewayResources(design),
    ...privateDnsLinks(design),
    ...multiFactorPolicy(design),
  ],
  findings: multiFactorFindings,
};
