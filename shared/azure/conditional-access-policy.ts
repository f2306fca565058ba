import { isSame } from "./arm-id.ts";

type Names = readonly string[] | null;

/** The part of a policy that is looked at. Source: Microsoft Graph, "conditionalAccessPolicy resource type". */
export interface ConditionalAccessPolicy {
  readonly id?: string;
  readonly displayName?: string;
  readonly state?: string;
  readonly conditions?: {
    readonly applications?: { readonly includeApplications?: Names; readonly excludeApplications?: Names } | null;
    readonly users?: { readonly includeUsers?: Names; readonly excludeGroups?: Names } | null;
    readonly clientAppTypes?: Names;
    readonly signInRiskLevels?: Names;
    readonly userRiskLevels?: Names;
    readonly insiderRiskLevels?: string | null;
    readonly platforms?: { readonly includePlatforms?: Names; readonly excludePlatforms?: Names } | null;
    readonly locations?: { readonly includeLocations?: Names; readonly excludeLocations?: Names } | null;
    readonly devices?: object | null;
    readonly authenticationFlows?: object | null;
  };
  readonly grantControls?: {
    readonly operator?: "AND" | "OR" | null;
    readonly builtInControls?: Names;
    readonly customAuthenticationFactors?: Names;
    readonly termsOfUse?: Names;
    readonly authenticationStrength?: { readonly requirementsSatisfied?: string } | null;
  } | null;
}

/**
 * Whether the policy, enforced or only reporting, asks every user of the application for a second factor at every
 * sign-in. Groups that it leaves out (break-glass) do not count; a condition that some sign-ins do not meet does.
 */
export function demandsMfaOfAll(policy: ConditionalAccessPolicy, clientId: string): boolean {
  const active = policy.state === "enabled" || policy.state === "enabledForReportingButNotEnforced";
  const { applications, users } = policy.conditions ?? {};
  const covered = includes(applications?.includeApplications, clientId, "All");
  const excluded = includes(applications?.excludeApplications, clientId);
  const everybody = includes(users?.includeUsers, "All");
  return active && covered && !excluded && everybody && !isNarrowed(policy) && cannotAvoidMfa(policy);
}

function isNarrowed({ conditions = {} }: ConditionalAccessPolicy): boolean {
  const { platforms, locations, clientAppTypes } = conditions;
  const levels = [conditions.signInRiskLevels, conditions.userRiskLevels].some((names) => (names ?? []).length > 0);
  const further = [conditions.insiderRiskLevels, conditions.devices, conditions.authenticationFlows].some(Boolean);
  return (
    levels ||
    further ||
    isPart(platforms, platforms?.includePlatforms, platforms?.excludePlatforms) ||
    isPart(locations, locations?.includeLocations, locations?.excludeLocations) ||
    !(
      includes(clientAppTypes ?? ["all"], "all") ||
      includesEvery(clientAppTypes, "browser", "mobileAppsAndDesktopClients")
    )
  );
}

/** Whether a condition that is set lets some out. */
function isPart(set: object | null | undefined, include: Names | undefined, exclude: Names | undefined): boolean {
  return Boolean(set) && !(includes(include, "All") && (exclude ?? []).length === 0);
}

/** With "OR", any other control would serve in place of the second factor. */
function cannotAvoidMfa({ grantControls }: ConditionalAccessPolicy): boolean {
  const strength = grantControls?.authenticationStrength;
  const builtIn = grantControls?.builtInControls ?? [];
  const strong = Boolean(strength) && strength?.requirementsSatisfied !== "none";
  const factors = [
    ...builtIn.map((control) => isSame(control, "mfa")),
    ...(strength ? [strong] : []),
    ...[...(grantControls?.customAuthenticationFactors ?? []), ...(grantControls?.termsOfUse ?? [])].map(() => false),
  ];
  if (grantControls?.operator === "AND") return factors.includes(true);
  return factors.length > 0 && factors.every(Boolean);
}

function includes(names: Names | undefined, ...anyOf: readonly string[]): boolean {
  return (names ?? []).some((name) => anyOf.some((one) => isSame(one, name)));
}

function includesEvery(names: Names | undefined, ...all: readonly string[]): boolean {
  return all.every((one) => includes(names, one));
}
