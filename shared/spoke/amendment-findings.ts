import type { Amendment } from "../domain/amendment.ts";
import type { Finding } from "../domain/finding.ts";
import { resourceName } from "../domain/resource-id.ts";

/** What stands by somebody's decision instead of the request: people shall see it as long as it does. */
export function amendmentFindings(inForce: readonly Amendment[]): Finding[] {
  return inForce.map((amendment) => {
    const { id, origin, owner, reason, ticket, expiresAt, control, resourceId, tolerated, properties } = amendment;
    const parts = [...tolerated, ...properties.map(({ pointer }) => pointer)].map((pointer) => pointer || "all of it");
    const what = resourceId === null ? `control ${control}` : resourceName(resourceId);
    const until = expiresAt === null ? "" : ` until ${expiresAt}`;
    const why = `${reason}${ticket === null ? "" : ` (${ticket})`}`;
    const accepted = origin === "recommendation";
    return {
      code: accepted ? "RecommendationInForce" : "ExemptionInForce",
      severity: accepted ? "information" : "medium",
      message: `${owner.name} keeps ${what} otherwise than the request${until}: ${why}. ${parts.join(", ")}`.trim(),
      resourceId,
      remedy: `Nothing, if it is still wanted; else DELETE /api/exemptions/${id}.`,
      step: 5,
    };
  });
}
