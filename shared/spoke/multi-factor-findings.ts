import type { Finding } from "../domain/finding.ts";
import { multiFactorPolicyName } from "../domain/multi-factor-policy-name.ts";
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
  const settings = design.configuration.conditionalAccess;
  const breakGlassGroupId = settings?.mode === "create" ? settings.breakGlassGroupId : null;
  if (fact.kind === "policy") {
    const missing = breakGlassGroupId !== null && !fact.excludedGroupIds.includes(breakGlassGroupId);
    return [
      ...(fact.reportOnly ? [reportOnly(fact.displayName)] : []),
      ...(missing ? [breakGlassGroupAsked(fact.displayName, breakGlassGroupId)] : []),
    ];
  }
  if (breakGlassGroupId !== null && fact.ownPolicy === null) {
    return [reportOnly(multiFactorPolicyName(design.names.multiFactorPolicy(clientId)))];
  }
  return [withoutPolicy(clientId, fact.ownPolicy)];
}

/** Of a policy that the tool made and that somebody has put into force since: it is theirs, and outlives the spoke. */
export function policyKept(policyId: string): Finding {
  const name = multiFactorPolicyName(policyId);
  return {
    ...about,
    code: "MultiFactorPolicyKept",
    severity: "information",
    message: `The Conditional Access policy ${name} was put into force since the tool made it, so it stays.`,
    remedy: "Delete it in Microsoft Entra once the application needs it no more.",
  };
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

function withoutPolicy(clientId: string, ownPolicy: string | null): Finding {
  const own = ownPolicy === null ? "" : ` ${ownPolicy} was switched off or narrowed since the tool made it.`;
  return {
    ...about,
    code: "MultiFactorPolicyMissing",
    severity: "high",
    message: `No Conditional Access policy asks all users of the application ${clientId} for multi-factor authentication.${own}`,
    remedy: "Add the application to a policy that grants access with multi-factor authentication only.",
  };
}

function breakGlassGroupAsked(displayName: string, groupId: string): Finding {
  return {
    ...about,
    code: "BreakGlassGroupNotExcluded",
    severity: "high",
    message: `The Conditional Access policy ${displayName} does not leave out the break-glass group ${groupId}: an outage of the second factor would lock out everybody.`,
    remedy: "Exclude the group from the policy in Microsoft Entra.",
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
