import type { Finding } from "../../domain/finding.ts";
import { applicationGatewayResources } from "../application-gateway.ts";
import { peerings } from "../peerings.ts";
import { privateDnsLinks } from "../private-dns-links.ts";
import type { SpokeDesign } from "../spoke-design.ts";
import type { Step } from "./step.ts";

/** Step 6: access to the network and the application: peering, name resolution, the gateway, Conditional Access. */
export const secureAccess: Step = {
  number: 6,
  name: "Secure access to the virtual network and application",
  resources: (design) => [...peerings(design), ...applicationGatewayResources(design), ...privateDnsLinks(design)],
  findings: conditionalAccess,
};

/** Guidance, step 6: multi-factor authentication for all users of the application. */
function conditionalAccess(design: SpokeDesign): Finding[] {
  const { clientId } = design.request.application;
  const about = { severity: "medium", resourceId: null, step: 6 } as const;
  if (clientId === null) {
    return [
      {
        ...about,
        code: "ApplicationUnknown",
        message: "The request names no application (clientId), so nothing can be said about its Conditional Access.",
        remedy: "Register the application in Microsoft Entra and name its clientId.",
      },
    ];
  }
  return [
    {
      ...about,
      code: "ConditionalAccessNotVerified",
      message: "This version does not look whether Conditional Access asks for multi-factor authentication.",
      remedy: `Check in Microsoft Entra that a policy for all users covers the application ${clientId}.`,
    },
  ];
}
