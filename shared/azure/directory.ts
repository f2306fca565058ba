import type { SecurityGroupAnswer } from "../domain/platform-facts.ts";
import type { AzureClients } from "./clients.ts";
import { unlessMissing } from "./missing.ts";
import type { DirectoryPort } from "./ports.ts";
import { HttpFailure } from "./thrown-failure.ts";

interface Group {
  readonly displayName?: string;
  readonly securityEnabled?: boolean;
  readonly groupTypes?: readonly string[];
}

interface GraphError {
  readonly error?: { readonly code?: string; readonly message?: string };
}

/** Microsoft Graph by its REST interface: two calls need no client library. */
export function directoryPort(clients: AzureClients): DirectoryPort {
  async function get<R>(path: string): Promise<R | null> {
    const { graphEndpoint, graphAudience } = clients.settings;
    const credential = await clients.credential();
    const token = await credential.getToken(`${graphAudience}/.default`);
    return unlessMissing(async () => {
      const answer = await fetch(new URL(path, graphEndpoint), {
        headers: { authorization: `Bearer ${token?.token ?? ""}`, accept: "application/json" },
        signal: AbortSignal.timeout(30_000),
      });
      const body: unknown = await answer.json().catch(() => undefined);
      if (!answer.ok) throw new HttpFailure(answer, (body as GraphError | undefined)?.error);
      return body as R;
    });
  }

  return {
    lookUpSecurityGroup: (objectId) =>
      clients.attempt(null, async () => {
        const id = encodeURIComponent(objectId);
        const group = await get<Group>(`/v1.0/groups/${id}?$select=id,displayName,securityEnabled,groupTypes`);
        if (group !== null) return groupAnswer(group, objectId);
        const other = await get<{ readonly "@odata.type"?: string }>(`/v1.0/directoryObjects/${id}`);
        return otherAnswer(other?.["@odata.type"]);
      }),
  };
}

/** A Microsoft 365 group ("Unified") may be security-enabled too, but its owners let in whom they like. */
function groupAnswer(group: Group, objectId: string): SecurityGroupAnswer {
  const displayName = group.displayName ?? objectId;
  const isSecurityGroup = group.securityEnabled === true && !(group.groupTypes ?? []).includes("Unified");
  return { kind: isSecurityGroup ? "security-group" : "other-group", displayName };
}

function otherAnswer(type: string | undefined): SecurityGroupAnswer {
  if (type === "#microsoft.graph.user") return { kind: "user" };
  if (type === "#microsoft.graph.servicePrincipal") return { kind: "service-principal" };
  return { kind: "unknown" };
}
