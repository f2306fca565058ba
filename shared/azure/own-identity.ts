import { once } from "../domain/once.ts";
import type { AzureClients } from "./clients.ts";
import type { OwnIdentity } from "./ports.ts";

/**
 * Who the tool is, from the claims of its own access token ("Access token claims reference": `oid`, `appid` or `azp`).
 * A token that cannot be read tells nothing: then no change is taken for the tool's own by who made it.
 */
export function ownIdentity(clients: AzureClients): () => Promise<OwnIdentity> {
  return once(() =>
    clients.attempt(null, async () => {
      const credential = await clients.credential();
      const token = await credential.getToken(`${clients.settings.resourceManagerAudience}/.default`);
      return claimsOf(token?.token ?? "");
    }),
  );
}

function claimsOf(token: string): OwnIdentity {
  const nobody = { objectId: null, applicationId: null };
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
    if (typeof claims !== "object" || claims === null) return nobody;
    const { oid, appid, azp } = claims as Readonly<Record<string, unknown>>;
    const textOf = (claim: unknown) => (typeof claim === "string" && claim !== "" ? claim : null);
    return { objectId: textOf(oid), applicationId: textOf(appid) ?? textOf(azp) };
  } catch {
    return nobody;
  }
}
