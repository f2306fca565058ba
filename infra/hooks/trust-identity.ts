import type { GraphClient } from "./graph-client.ts";
import { writableWeb } from "./sign-in-application.ts";

/** A managed identity that an app registration shall trust in place of a secret. */
export interface TrustedIdentity {
  readonly tenantId: string;
  /** Object id of its service principal. */
  readonly principalId: string;
  /** Microsoft Entra of the cloud: https://login.microsoftonline.com. */
  readonly authorityHost: string;
}

/** Audience of the token that is exchanged, by the cloud (Microsoft Entra, "Configure an application to trust a managed identity"). */
const audiences: Readonly<Record<string, string>> = {
  "login.microsoftonline.com": "api://AzureADTokenExchange",
  "login.microsoftonline.us": "api://AzureADTokenExchangeUSGov",
  "login.chinacloudapi.cn": "api://AzureADTokenExchangeChina",
};

const credentialName = "app-identity";

interface FederatedCredential {
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly subject: string;
  readonly audiences: readonly string[];
}

/** Makes the federated credential by which the registration trusts the identity, or mends it (a new identity has another object id). */
export async function trustIdentity(
  graph: GraphClient,
  applicationId: string,
  identity: TrustedIdentity,
): Promise<void> {
  const audience = audiences[new URL(identity.authorityHost).host];
  if (audience === undefined) throw new Error(`No cloud of Azure signs in at ${identity.authorityHost}`);
  const content = {
    issuer: new URL(`/${identity.tenantId}/v2.0`, identity.authorityHost).href,
    subject: identity.principalId,
    audiences: [audience],
    description: "The managed identity of the Zero Trust spokes app",
  };
  const path = `/applications/${applicationId}/federatedIdentityCredentials`;
  const standing = (await graph.find<{ value: FederatedCredential[] }>(path))?.value ?? [];
  const own = standing.find(({ name }) => name === credentialName);
  if (own === undefined) {
    await graph.write("POST", path, { name: credentialName, ...content });
    return;
  }
  const isAsDesired = own.issuer === content.issuer && own.subject === content.subject && own.audiences[0] === audience;
  if (!isAsDesired) await graph.write("PATCH", `${path}/${own.id}`, content);
}

/** Lets browsers come back to the app after they signed in. Redirects of others stay. */
export async function allowRedirect(graph: GraphClient, applicationId: string, hostName: string): Promise<void> {
  const redirect = `https://${hostName}/.auth/login/aad/callback`;
  const web = writableWeb((await graph.find<Record<string, unknown>>(`/applications/${applicationId}`)) ?? {});
  const redirects = web.redirectUris ?? [];
  if (redirects.includes(redirect)) return;
  const redirectUris = [...redirects, redirect];
  await graph.write("PATCH", `/applications/${applicationId}`, { web: { ...web, redirectUris } });
}
