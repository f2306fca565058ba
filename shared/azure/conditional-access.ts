import type { AzureClients } from "./clients.ts";
import { conditionalAccessPolicies } from "./conditional-access-policies.ts";
import type { ConditionalAccessPort } from "./ports.ts";

/** Conditional Access of the tenant, as far as it demands multi-factor authentication for one application. */
export function conditionalAccessPort(clients: AzureClients): ConditionalAccessPort {
  const policies = conditionalAccessPolicies(clients);
  return {
    findMfaPolicy: (applicationId) =>
      clients.attempt(null, async () => {
        const best = await policies.demandingMfa(applicationId);
        if (best === null) return null;
        return {
          id: best.id ?? "",
          displayName: best.displayName ?? "",
          reportOnly: best.state !== "enabled",
          excludedGroupIds: best.conditions?.users?.excludeGroups ?? [],
        };
      }),

    stateOfPolicy: (displayName) =>
      clients.attempt(null, async () => {
        const states = (await policies.named(displayName)).map(({ state }) => state);
        if (states.length === 0) return null;
        if (states.includes("enabled")) return "enforced";
        return states.includes("enabledForReportingButNotEnforced") ? "reporting" : "off";
      }),
  };
}
