import { isDeepStrictEqual } from "node:util";
import type { GraphClient } from "./graph-client.ts";

/** An app role of an app registration, as Graph has it. */
interface AppRole {
  readonly id: string;
  readonly value: string;
  readonly displayName: string;
  readonly description: string;
  readonly allowedMemberTypes: readonly string[];
  readonly isEnabled: boolean;
}

/** An app registration, as far as it is ours to say. */
export interface SignInApplication {
  readonly id: string;
  readonly appId: string;
  readonly [property: string]: unknown;
}

/** Which groups of a caller stand in the token: all security groups, or those that the app registration names. */
export type GroupClaims = "SecurityGroup" | "ApplicationGroup";

const role = (id: string, value: string, description: string): AppRole => ({
  id,
  value,
  displayName: value,
  description,
  allowedMemberTypes: ["User", "Application"],
  isEnabled: true,
});

/** The app roles (docs/api.md); none implies another. */
export const appRoles: readonly AppRole[] = [
  role("a6c1f0de-4b83-4a0c-9e57-1d2b7c5f8a01", "Read", "Sees spokes, compliance, changes and recommendations."),
  role("a6c1f0de-4b83-4a0c-9e57-1d2b7c5f8a02", "Request", "Asks for spokes, and changes its own."),
  role(
    "a6c1f0de-4b83-4a0c-9e57-1d2b7c5f8a03",
    "Operate",
    "Changes and removes any spoke, undoes restorations, exempts.",
  ),
  role("a6c1f0de-4b83-4a0c-9e57-1d2b7c5f8a04", "Approve", "Approves what others ask for."),
];

const scopeId = "a6c1f0de-4b83-4a0c-9e57-1d2b7c5f8a10";

/**
 * Makes the app registration that callers sign in to, and its service principal, or mends them. It has no secret: the sign-in of
 * browsers is proven by the app's managed identity (`trustIdentity`). Only who was given an app role gets a token
 * (`appRoleAssignmentRequired`). What others added to it (further roles, owners, redirects) stays.
 */
export async function ensureSignInApplication(
  graph: GraphClient,
  uniqueName: string,
  groupClaims: GroupClaims,
): Promise<SignInApplication> {
  const path = `/applications(uniqueName='${uniqueName}')`;
  const standing =
    (await graph.find<SignInApplication>(path)) ??
    (await graph.write<SignInApplication>("PATCH", path, { displayName: uniqueName }, "create-if-missing")) ??
    (await graph.find<SignInApplication>(path));
  if (standing === null)
    throw new Error(`The app registration ${uniqueName} was made and cannot be read. Run this again.`);
  await mend(graph, `/applications/${standing.id}`, standing, desiredApplication(standing, groupClaims));
  await ensureServicePrincipal(graph, standing.appId);
  return standing;
}

/** What the registration shall be, beside what others put into its lists. */
function desiredApplication(standing: SignInApplication, groupMembershipClaims: GroupClaims): object {
  // `origin` is Graph's own, and must not be sent back (appRole resource type).
  const others = ((standing.appRoles ?? []) as (AppRole & { origin?: string })[])
    .filter(({ id }) => !appRoles.some((own) => own.id === id))
    .map(({ origin, ...foreign }) => foreign);
  const api = (standing.api ?? {}) as { oauth2PermissionScopes?: { id: string }[] };
  const otherScopes = (api.oauth2PermissionScopes ?? []).filter(({ id }) => id !== scopeId);
  const web = writableWeb(standing);
  const identifier = `api://${standing.appId}`;
  const identifiers = (standing.identifierUris ?? []) as string[];
  return {
    signInAudience: "AzureADMyOrg",
    groupMembershipClaims,
    identifierUris: identifiers.includes(identifier) ? identifiers : [...identifiers, identifier],
    appRoles: [...appRoles, ...others],
    api: { ...api, requestedAccessTokenVersion: 2, oauth2PermissionScopes: [signInScope, ...otherScopes] },
    // App Service asks for an ID token beside the code (App Service authentication, Microsoft Entra, "Step 1").
    web: { ...web, implicitGrantSettings: { ...web.implicitGrantSettings, enableIdTokenIssuance: true } },
  };
}

/** The part `web` of a registration as it may be sent back: Graph makes `redirectUriSettings` out of the redirects. */
export function writableWeb(application: Readonly<Record<string, unknown>>): {
  readonly implicitGrantSettings?: object;
  readonly redirectUris?: readonly string[];
} {
  const { redirectUriSettings, ...web } = (application.web ?? {}) as Record<string, unknown>;
  return web;
}

const signInScope = {
  id: scopeId,
  value: "user_impersonation",
  type: "User",
  isEnabled: true,
  adminConsentDisplayName: "Use Zero Trust spokes",
  adminConsentDescription:
    "Lets an application call the API for somebody who is signed in, with that person's app roles.",
  userConsentDisplayName: "Use Zero Trust spokes",
  userConsentDescription: "Lets an application call the API for you, with your app roles.",
};

async function ensureServicePrincipal(graph: GraphClient, appId: string): Promise<void> {
  const desired = { appRoleAssignmentRequired: true };
  const path = `/servicePrincipals(appId='${appId}')`;
  const standing = await graph.find<Record<string, unknown>>(path);
  if (standing !== null) return mend(graph, path, standing, desired);
  await graph.write("POST", "/servicePrincipals", { appId, ...desired });
}

/** Writes the properties that differ, and only those. */
async function mend(
  graph: GraphClient,
  path: string,
  standing: Readonly<Record<string, unknown>>,
  desired: object,
): Promise<void> {
  const different = Object.entries(desired).filter(([name, value]) => !covers(standing[name], value));
  if (different.length > 0) await graph.write("PATCH", path, Object.fromEntries(different));
}

/** Whether what stands says all that is desired; lists of objects in any order, with properties that Graph adds. */
function covers(standing: unknown, desired: unknown): boolean {
  if (Array.isArray(desired))
    return (
      Array.isArray(standing) &&
      standing.length === desired.length &&
      desired.every((one) => standing.some((other) => covers(other, one)))
    );
  if (typeof desired !== "object" || desired === null) return isDeepStrictEqual(standing, desired);
  if (typeof standing !== "object" || standing === null) return false;
  return Object.entries(desired).every(([name, value]) => covers((standing as Record<string, unknown>)[name], value));
}
