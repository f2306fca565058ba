import type { AzureClients } from "./clients.ts";
import { type ConditionalAccessPolicy, demandsMfaOfAll } from "./conditional-access-policy.ts";
import { microsoftGraph } from "./microsoft-graph.ts";
import type { ConditionalAccessPort, MfaPolicy } from "./ports.ts";

const policies = "/v1.0/identity/conditionalAccess/policies";

/** Conditional Access of the tenant, as far as it demands multi-factor authentication for one application. */
export function conditionalAccessPort(clients: AzureClients): ConditionalAccessPort {
  const graph = microsoftGraph(clients);

  async function find(clientId: string): Promise<MfaPolicy | null> {
    const covering = (await graph.list<ConditionalAccessPolicy>(policies)).filter((one) =>
      demandsMfaOfAll(one, clientId),
    );
    const best = covering.find(({ state }) => state === "enabled") ?? covering[0];
    return best === undefined ? null : mfaPolicy(best);
  }

  return {
    findMfaPolicy: (clientId) => clients.attempt(null, () => find(clientId)),

    ensureMfaPolicy: ({ clientId, displayName, breakGlassGroupId }) =>
      clients.attempt(null, async () => {
        // Looked for at each attempt: a policy whose answer was lost must not be made twice.
        const standing = await find(clientId);
        if (standing !== null) return standing;
        const made = await graph.post<ConditionalAccessPolicy>(policies, {
          displayName,
          state: "enabledForReportingButNotEnforced",
          conditions: {
            clientAppTypes: ["all"],
            applications: { includeApplications: [clientId] },
            users: { includeUsers: ["All"], excludeGroups: [breakGlassGroupId] },
          },
          grantControls: { operator: "OR", builtInControls: ["mfa"] },
        });
        return mfaPolicy(made);
      }),
  };
}

function mfaPolicy({ id, displayName, state }: ConditionalAccessPolicy): MfaPolicy {
  return { id: id ?? "", displayName: displayName ?? "", reportOnly: state !== "enabled" };
}
