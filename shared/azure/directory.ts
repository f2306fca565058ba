import type { SecurityGroupAnswer } from "../domain/platform-facts.ts";
import type { AzureClients } from "./clients.ts";
import { microsoftGraph } from "./microsoft-graph.ts";
import { unlessMissing } from "./missing.ts";
import type { DirectoryPort } from "./ports.ts";

interface Group {
  readonly displayName?: string;
  readonly securityEnabled?: boolean;
  readonly groupTypes?: readonly string[];
}

/** What Microsoft Entra knows about the object that a request names as group. */
export function directoryPort(clients: AzureClients): DirectoryPort {
  const graph = microsoftGraph(clients);
  const get = <R>(path: string): Promise<R | null> => unlessMissing(() => graph.get<R>(path));

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
