import type { AzureClients } from "./clients.ts";
import { type ConditionalAccessPolicy, demandsMfaOfAll } from "./conditional-access-policy.ts";
import { microsoftGraph } from "./microsoft-graph.ts";
import { unlessMissing } from "./missing.ts";

const path = "/v1.0/identity/conditionalAccess/policies";

/** The tenant's Conditional Access policies in Microsoft Graph. All calls throw untyped. */
export interface ConditionalAccessPolicies {
  /** The policy that asks all users of the application, an enforced one before one that only reports. */
  demandingMfa(applicationId: string): Promise<ConditionalAccessPolicy | null>;
  /** Policies of exactly this name: Graph lets several have one name. */
  named(displayName: string): Promise<readonly ConditionalAccessPolicy[]>;
  create(policy: ConditionalAccessPolicy): Promise<void>;
  delete(id: string): Promise<void>;
}

export function conditionalAccessPolicies(clients: AzureClients): ConditionalAccessPolicies {
  const graph = microsoftGraph(clients);
  return {
    demandingMfa: async (applicationId) => {
      const all = await graph.list<ConditionalAccessPolicy>(path);
      const covering = all.filter((policy) => demandsMfaOfAll(policy, applicationId));
      return covering.find(({ state }) => state === "enabled") ?? covering[0] ?? null;
    },
    named: (displayName) => {
      // OData 4.01, "URL conventions": a quote in a literal is written twice.
      const filter = `displayName eq '${displayName.replaceAll("'", "''")}'`;
      return graph.list<ConditionalAccessPolicy>(`${path}?$filter=${encodeURIComponent(filter)}`);
    },
    create: async (policy) => {
      await graph.post(path, policy);
    },
    delete: async (id) => {
      await unlessMissing(() => graph.delete(`${path}/${encodeURIComponent(id)}`));
    },
  };
}
