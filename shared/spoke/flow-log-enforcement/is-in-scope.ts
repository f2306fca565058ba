import type { EnforcementScope } from "../../domain/platform-configuration.ts";
import type { SeenNetwork } from "./observed-networks.ts";

/** Whether a network that is no spoke's shall have a flow log: tags are compared as Azure does, names without regard to case. */
export function isInScope(
  { tags }: Pick<SeenNetwork, "tags">,
  subscriptionId: string,
  { excludedSubscriptionIds, tag }: EnforcementScope,
): boolean {
  if (excludedSubscriptionIds.some((id) => id.toLowerCase() === subscriptionId.toLowerCase())) return false;
  if (tag === null) return true;
  const value = Object.entries(tags).find(([name]) => name.toLowerCase() === tag.name.toLowerCase())?.[1];
  return value !== undefined && (tag.value === null || value === tag.value);
}
