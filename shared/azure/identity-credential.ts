import type { TokenCredential } from "@azure/identity";

/** The standard chain of credentials, as which a user-assigned identity signs in where its client id is given. */
export async function identityCredential(clientId: string | null): Promise<TokenCredential> {
  const { DefaultAzureCredential } = await import("@azure/identity");
  return clientId === null
    ? new DefaultAzureCredential()
    : new DefaultAzureCredential({ managedIdentityClientId: clientId });
}
