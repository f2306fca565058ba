import type { Finding } from "../domain/finding.ts";
import type { SpokeDesign } from "./spoke-design.ts";

const about = { resourceId: null, step: 6 } as const;

/** Guidance, step 6: Conditional Access asks all users of the application for multi-factor authentication. */
export function multiFactorFindings(design: SpokeDesign): Finding[] {
  const { clientId } = design.request.application;
  if (clientId === null) {
    return [
      {
        ...about,
        code: "ApplicationUnknown",
        severity: "medium",
        message: "The request names no application (clientId), so nothing can be said about its Conditional Access.",
        remedy: "Register the application in Microsoft Entra and name its clientId.",
      },
    ];
  }
  const fact = design.facts.multiFactor;
  if (fact === null) return [notVerified(clientId, "The platform configuration does not ask for it.")];
  if (fact.kind === "unknown") return [notVerified(clientId, fact.reason)];
  if (fact.kind === "no-policy") return [withoutPolicy(clientId)];
  return fact.reportOnly ? [reportOnly(fact.displayName)] : [];
}

function notVerified(clientId: string, reason: string): Finding {
  return {
    ...about,
    code: "ConditionalAccessNotVerified",
    severity: "medium",
    message: `Nobody looked whether Conditional Access asks for multi-factor authentication. ${reason}`,
    remedy: `Check in Microsoft Entra that a policy for all users covers the application ${clientId}, or configure conditionalAccess and give the tool Policy.Read.All.`,
  };
}

function withoutPolicy(clientId: string): Finding {
  return {
    ...about,
    code: "MultiFactorPolicyMissing",
    severity: "high",
    message: `No Conditional Access policy asks all users of the application ${clientId} for multi-factor authentication.`,
    remedy: "Add the application to a policy that grants access with multi-factor authentication only.",
  };
}

function reportOnly(displayName: string): Finding {
  return {
    ...about,
    code: "MultiFactorPolicyReportOnly",
    severity: "medium",
    message: `The Conditional Access policy ${displayName} only reports; it does not ask for multi-factor authentication yet.`,
    remedy: "Look at its reports, then switch it on.",
  };
}
