import type { ConditionalAccessPort } from "../azure/ports.ts";
import { multiFactorPolicyName } from "../domain/multi-factor-policy-name.ts";
import type { RecordedResource } from "../domain/spoke-record.ts";

/**
 * Ids of those Conditional Access policies among recorded resources that somebody has put into force since the tool made
 * them: they are theirs now, and are not taken away with the spoke.
 */
export async function keptPolicies(
  conditionalAccess: ConditionalAccessPort,
  recorded: readonly RecordedResource[],
): Promise<readonly string[]> {
  const policies = recorded.filter(({ type }) => type === "Microsoft.Graph/conditionalAccessPolicies");
  const states = await Promise.all(
    policies.map(({ id }) => conditionalAccess.stateOfPolicy(multiFactorPolicyName(id))),
  );
  return policies.filter((_, index) => states[index] === "enforced").map(({ id }) => id);
}
