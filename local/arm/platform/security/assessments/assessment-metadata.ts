import { resourceNotFound } from "../../../errors/not-found-errors.ts";
import type { JsonObject } from "../../../json.ts";
import type { ActionResult, ProviderOperation } from "../../../resource-type.ts";
import { type Recommendation, recommendations } from "./recommendations.ts";

const type = "Microsoft.Security/assessmentMetadata";
const apiVersions = ["2020-01-01", "2021-06-01"];
const action = `${type}/read`;

/** What is known of a recommendation, whatever it says of a resource. */
export function metadataProperties(recommendation: Recommendation): JsonObject {
  const { displayName, description, remediationDescription, severity, threats, tactics, techniques } = recommendation;
  return {
    displayName,
    description,
    remediationDescription,
    severity,
    policyDefinitionId: `/providers/Microsoft.Authorization/policyDefinitions/${recommendation.policy}`,
    assessmentType: "BuiltIn",
    categories: ["Networking"],
    userImpact: "Moderate",
    implementationEffort: "Low",
    threats,
    tactics,
    techniques,
  };
}

/** The metadata of all recommendations, for the tenant and for each subscription. */
export const assessmentMetadataReads: readonly ProviderOperation[] = ["", "/subscriptions/{subscriptionId}"].flatMap(
  (scope): ProviderOperation[] => [
    {
      method: "GET",
      path: `${scope}/providers/${type}`,
      apiVersions,
      action,
      invoke: (context) => ({ body: { value: recommendations.map((each) => documentOf(context.scope.id, each)) } }),
    },
    {
      method: "GET",
      path: `${scope}/providers/${type}/{key}`,
      apiVersions,
      action,
      invoke: (context) => oneOf(context.scope.id, context.parameters.key ?? ""),
    },
  ],
);

function oneOf(scopeId: string, key: string): ActionResult {
  const found = recommendations.find((each) => each.key === key.toLowerCase());
  if (found === undefined) throw resourceNotFound(type, key, undefined);
  return { body: documentOf(scopeId, found) };
}

function documentOf(scopeId: string, recommendation: Recommendation): JsonObject {
  const scope = scopeId === "/" ? "" : scopeId;
  const { key } = recommendation;
  return { id: `${scope}/providers/${type}/${key}`, name: key, type, properties: metadataProperties(recommendation) };
}
