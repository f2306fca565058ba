import { createHash } from "node:crypto";
import type { SecurityRuleBody } from "../domain/resource.ts";
import { resourceIdKey } from "../domain/resource-id.ts";

/** An id that follows from the change: the same rule changed in the same way has the same, in every run. */
export function recommendationId(
  networkSecurityGroupId: string,
  before: SecurityRuleBody,
  after: SecurityRuleBody | null,
): string {
  const change = JSON.stringify([resourceIdKey(networkSecurityGroupId), fieldsOf(before), after && fieldsOf(after)]);
  return createHash("sha256").update(change).digest("hex").slice(0, 24);
}

/** In a fixed order, without the description, which means nothing. */
function fieldsOf(rule: SecurityRuleBody): readonly unknown[] {
  return [
    rule.name.toLowerCase(),
    rule.direction,
    rule.access,
    rule.protocol,
    rule.sourceAddressPrefixes.toSorted(),
    rule.sourceApplicationSecurityGroupIds.map(resourceIdKey).sort(),
    rule.sourcePortRanges.toSorted(),
    rule.destinationAddressPrefixes.toSorted(),
    rule.destinationApplicationSecurityGroupIds.map(resourceIdKey).sort(),
    rule.destinationPortRanges.toSorted(),
  ];
}
