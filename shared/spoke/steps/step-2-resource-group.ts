import type { Finding } from "../../domain/finding.ts";
import { spokeTag } from "../../domain/spoke-tag.ts";
import type { SpokeDesign } from "../spoke-design.ts";
import type { Step } from "./step.ts";

/** All categories of a subscription's activity log (guidance, step 2: "select all log categories"). */
export const activityLogCategories: readonly string[] = [
  "Administrative",
  "Alert",
  "Autoscale",
  "Policy",
  "Recommendation",
  "ResourceHealth",
  "Security",
  "ServiceHealth",
];

/** Step 2: a resource group of the spoke's own, and the subscription's activity log kept outside of it. */
export const ownResourceGroup: Step = {
  number: 2,
  name: "Own resource group",
  resources: (design) => [
    {
      id: design.names.resourceGroup,
      type: "Microsoft.Resources/resourceGroups",
      ownership: "owned",
      steps: [2],
      dependsOn: [],
      body: { location: design.request.location, tags: design.tags },
    },
    {
      id: design.names.diagnosticSetting,
      type: "Microsoft.Insights/diagnosticSettings",
      ownership: "shared",
      steps: [2],
      dependsOn: [],
      body: {
        workspaceId: design.configuration.workspace.resourceId,
        storageAccountId: design.configuration.activityLogStorageAccountId,
        categories: activityLogCategories,
      },
    },
  ],
  findings: otherOwners,
};

/** Guidance, step 2, subscription democratization: a subscription belongs to one business area. */
function otherOwners(design: SpokeDesign): Finding[] {
  const others = design.facts.virtualNetworks.filter((network) => {
    const spoke = network.tags[spokeTag];
    return spoke !== undefined && spoke !== design.request.name && network.tags.owner !== design.request.tags.owner;
  });
  return others.map((network) => ({
    code: "SubscriptionSharedByOwners",
    severity: "low",
    message: `The subscription also holds the spoke ${network.tags[spokeTag]} of another owner (${network.tags.owner ?? "no owner tag"}).`,
    resourceId: network.id,
    remedy: "Give each business area a subscription of its own (subscription democratization).",
    step: 2,
  }));
}
