import type { DesiredResource } from "../../../domain/resource.ts";
import { sameResourceId, tryParseResourceId } from "../../../domain/resource-id.ts";
import type { AssessedSpoke } from "../assessed-spoke.ts";
import { byFindings, where } from "../by-findings.ts";
import { type Control, isUnknown } from "../control.ts";
import { standingAsDesired } from "../standing-as-desired.ts";

const about = { step: 6, principles: ["Use least privileged access", "Assume breach"] } as const;
const network = {
  ...about,
  section: "Step 6: Secure traffic within Azure environment for the VNet and application",
} as const;
const users = {
  ...about,
  section:
    "Step 6: Using multi-factor authentication and Conditional Access policies for user access to the application",
} as const;

const notPublished = "The spoke publishes nothing through an Application Gateway.";
const isGatewayPart = ({ type, id }: DesiredResource, { design: { names } }: AssessedSpoke) =>
  type === "Microsoft.Network/applicationGateways" ||
  type === "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies" ||
  sameResourceId(id, names.gatewayPublicIpAddress);
const certificate = /^\/(?:certificateSecretId|userAssignedIdentityId)$/;
const isVaultRole = ({ type, id }: DesiredResource) =>
  type === "Microsoft.Authorization/roleAssignments" &&
  tryParseResourceId(tryParseResourceId(id)?.parentId ?? "")?.type.toLowerCase() === "microsoft.keyvault/vaults";

const noApplication = ({ design }: AssessedSpoke) =>
  design.request.application.clientId === null ? "The request names no application." : null;

export const stepSixControls: readonly Control[] = [
  {
    ...network,
    id: "ZT-6.1",
    title: "The network is peered with its hub, on both sides",
    severity: "high",
    evaluate: standingAsDesired({
      of: ({ type }) => type === "Microsoft.Network/virtualNetworks/virtualNetworkPeerings",
      none: "The spoke stands alone.",
    }),
  },
  {
    ...network,
    id: "ZT-6.2",
    title: "The application is reached through an Application Gateway whose firewall prevents",
    severity: "high",
    evaluate: standingAsDesired({
      of: isGatewayPart,
      at: ({ pointer }) => !certificate.test(pointer),
      none: notPublished,
    }),
  },
  {
    ...network,
    id: "ZT-6.3",
    title: "The gateway's certificate comes from a vault, by an identity of its own",
    severity: "medium",
    evaluate: standingAsDesired({
      of: (desired, { design: { names } }) =>
        desired.type === "Microsoft.Network/applicationGateways" ||
        sameResourceId(desired.id, names.gatewayIdentity) ||
        isVaultRole(desired),
      at: ({ pointer }, { type }) => type !== "Microsoft.Network/applicationGateways" || certificate.test(pointer),
      none: notPublished,
    }),
  },
  {
    ...network,
    id: "ZT-6.4",
    title: "The network resolves the platform's private names",
    severity: "low",
    evaluate: standingAsDesired({
      of: ({ type }) => type === "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
      none: "The platform has no private DNS zones.",
    }),
  },
  {
    ...network,
    id: "ZT-6.5",
    title: "Machines and storage are connected securely",
    severity: "low",
    evaluate: () =>
      isUnknown(
        "Which storage the application uses is not told by its request.",
        "Private endpoints of the application's storage accounts, as the guidance for storage wants them, would show it.",
      ),
  },
  {
    ...users,
    id: "ZT-6.6",
    title: "The application is integrated with Microsoft Entra",
    severity: "medium",
    evaluate: byFindings(["ApplicationUnknown"], "The request names the application's registration."),
  },
  {
    ...users,
    id: "ZT-6.7",
    title: "Conditional Access asks all users of the application for multi-factor authentication",
    severity: "high",
    evaluate: where(noApplication, (spoke) => {
      const unverified = spoke.findings.find(({ code }) => code === "ConditionalAccessNotVerified");
      if (unverified !== undefined) return isUnknown(unverified.message, unverified.remedy);
      const codes = ["MultiFactorPolicyMissing", "MultiFactorPolicyReportOnly", "BreakGlassGroupNotExcluded"];
      return byFindings(codes, "A policy that is in force asks for it.")(spoke);
    }),
  },
  {
    ...users,
    id: "ZT-6.8",
    title: "Devices that use the application are managed (Enterprise level)",
    severity: "low",
    evaluate: where(noApplication, () =>
      isUnknown(
        "The tool reads which policies ask for a second factor, and not which ask for a managed device.",
        "Conditional Access policies that grant access to compliant devices only would show it.",
      ),
    ),
  },
];
