import { RefusedError } from "../domain/errors.ts";
import { multiFactorPolicyName } from "../domain/multi-factor-policy-name.ts";
import type { DesiredResource, ObservedResource } from "../domain/resource.ts";
import type { AzureClients } from "./clients.ts";
import { conditionalAccessPolicies } from "./conditional-access-policies.ts";
import type { ConditionalAccessPolicy } from "./conditional-access-policy.ts";
import { directoryPort } from "./directory.ts";
import type { ResourcePort } from "./ports.ts";

const type = "Microsoft.Graph/conditionalAccessPolicies";
type Desired = DesiredResource<typeof type>;

/**
 * The Conditional Access policy of one spoke's application. The tool makes it, to report only, and never changes it:
 * what people do with it afterwards is theirs. Where another policy covers the application, that one serves.
 */
export function multiFactorPolicyPort(clients: AzureClients): ResourcePort<typeof type> {
  const policies = conditionalAccessPolicies(clients);
  const directory = directoryPort(clients);

  async function standing({ id, body }: Desired): Promise<ConditionalAccessPolicy | null> {
    const [own] = await policies.named(multiFactorPolicyName(id));
    return own ?? (await policies.demandingMfa(body.applicationId));
  }

  /** A policy without anybody who gets in at any time is one switch away from locking out the tenant. */
  async function checkBreakGlassGroup(groupId: string, policyId: string): Promise<void> {
    const { kind } = await directory.lookUpSecurityGroup(groupId);
    if (kind !== "security-group" && kind !== "other-group") throw breakGlassGroupUnknown(groupId, policyId);
  }

  return {
    observe: (desired) =>
      clients.attempt(desired.id, async () => {
        const policy = await standing(desired);
        return policy === null ? null : observedPolicy(desired, policy);
      }),
    write: async (desired) => {
      await checkBreakGlassGroup(desired.body.breakGlassGroupId, desired.id);
      // Looked for at each attempt: a policy whose answer was lost must not be made twice.
      await clients.attempt(desired.id, async () => {
        if ((await standing(desired)) === null) await policies.create(reportingPolicy(desired));
      });
    },
    remove: (id) =>
      clients.attempt(id, async () => {
        for (const policy of await policies.named(multiFactorPolicyName(id))) {
          // Whoever put it into force relies on it.
          if (policy.state !== "enabled" && policy.id !== undefined) await policies.delete(policy.id);
        }
      }),
  };
}

function reportingPolicy({ id, body }: Desired): ConditionalAccessPolicy {
  return {
    displayName: multiFactorPolicyName(id),
    state: "enabledForReportingButNotEnforced",
    conditions: {
      clientAppTypes: ["all"],
      applications: { includeApplications: [body.applicationId] },
      users: { includeUsers: ["All"], excludeGroups: [body.breakGlassGroupId] },
    },
    grantControls: { operator: "OR", builtInControls: ["mfa"] },
  };
}

function observedPolicy({ id, body }: Desired, native: ConditionalAccessPolicy): ObservedResource<typeof type> {
  return { id, type, body, etag: null, provisioningState: null, native };
}

function breakGlassGroupUnknown(groupId: string, resourceId: string): RefusedError {
  return new RefusedError({
    code: "BreakGlassGroupUnknown",
    message: `Microsoft Entra knows no group ${groupId}, which the policy must leave out.`,
    resourceId,
    remedy: "Correct conditionalAccess.breakGlassGroupId in the platform configuration.",
  });
}
