import type { Amendment } from "../domain/amendment.ts";
import type { Finding } from "../domain/finding.ts";
import type { DesiredResource, ObservedResource } from "../domain/resource.ts";
import { resourceIdKey, resourceName, sameResourceId, tryParseResourceId } from "../domain/resource-id.ts";
import { amend, overrulingRule } from "./amend.ts";
import { amendedValue } from "./amended-value.ts";
import { valueAt } from "./body-pointer.ts";

/** What stands by somebody's decision instead of the request: people shall see it as long as it does. */
export function amendmentFindings(inForce: readonly Amendment[]): Finding[] {
  return inForce.map((amendment) => {
    const { id, origin, owner, reason, ticket, expiresAt, control, resourceId, tolerated, properties } = amendment;
    const parts = [...tolerated, ...properties.map(({ pointer }) => pointer)].map((pointer) => pointer || "all of it");
    const what = resourceId === null ? `control ${control}` : resourceName(resourceId);
    const until = expiresAt === null ? "" : ` until ${expiresAt}`;
    const why = `${reason}${ticket === null ? "" : ` (${ticket})`}`;
    const accepted = origin === "recommendation";
    const { askedBy = owner } = amendment;
    const who = askedBy.objectId === owner.objectId ? owner.name : `${owner.name} (asked for by ${askedBy.name})`;
    return {
      code: accepted ? "RecommendationInForce" : "ExemptionInForce",
      severity: accepted ? "information" : suspendsDenial(amendment) ? "high" : "medium",
      message: `${who} keeps ${what} otherwise than the request${until}: ${why}. ${parts.join(", ")}`.trim(),
      resourceId,
      remedy: `Nothing, if it is still wanted; else DELETE /api/exemptions/${id}.`,
      step: 5,
    };
  });
}

/** Whether what denies everything else may be away or otherwise by it: then the NSG holds nothing back. */
function suspendsDenial({ resourceId, tolerated }: Amendment): boolean {
  const type = resourceId === null ? undefined : tryParseResourceId(resourceId)?.type;
  if (type?.toLowerCase() !== "microsoft.network/networksecuritygroups") return false;
  return tolerated.some((pointer) => /^(?:\/securityRules(?:\/DenyAll(?:In|Out)bound(?:\/.*)?)?)?$/i.test(pointer));
}

/**
 * What somebody decided and what does not stand: rules whose priority a rule of the request has by now, and changes of
 * rules that the request itself has changed or given up since.
 */
export function overruledFindings(
  inForce: readonly Amendment[],
  desired: readonly DesiredResource[],
  observed: ReadonlyMap<string, ObservedResource | null>,
): Finding[] {
  return inForce.flatMap(({ id, resourceId, tolerated, properties, createdAt }): Finding[] => {
    const resource = desired.find((one) => resourceId !== null && sameResourceId(one.id, resourceId));
    // One change may rest on another one of the same rule.
    const earlier = inForce.filter((other) => other.createdAt < createdAt);
    const body = resource === undefined ? undefined : amend(resource, null, earlier).desired.body;
    const lapsed = properties.filter((property) => amendedValue(body, property) === null);
    if (lapsed.length > 0) return lapsed.map(({ pointer }) => lapsedFinding(id, resourceId, pointer));
    if (resource === undefined) return [];
    const standing = observed.get(resourceIdKey(resource.id))?.body;
    const set = properties.map((one) => ({ ...one, value: amendedValue(body, one)?.value ?? null }));
    const kept = [...set, ...tolerated.map((pointer) => ({ pointer, value: valueAt(standing, pointer) }))];
    return kept.flatMap(({ pointer, value }): Finding[] => {
      const rule = overrulingRule(resource.body, pointer, value);
      if (rule === null) return [];
      return [
        {
          code: "AmendmentOverruled",
          severity: "medium",
          message: `${pointer} is kept by ${id} and cannot stand: the request's rule ${rule} has its priority.`,
          resourceId: resource.id,
          remedy: `Make it again with a free priority from 2000 to 3995, or give it up: DELETE /api/exemptions/${id}.`,
          step: 5,
        },
      ];
    });
  });
}

function lapsedFinding(id: string, resourceId: string | null, pointer: string): Finding {
  return {
    code: "AmendmentLapsed",
    severity: "low",
    message: `${pointer} was changed by ${id}, and the request has made something else of it since: what the request says stands.`,
    resourceId,
    remedy: `Give it up: DELETE /api/exemptions/${id}. What is used of the rule now is recommended anew.`,
    step: 5,
  };
}
