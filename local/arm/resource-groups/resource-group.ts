import { resourceManagerApiVersions } from "../resource-manager-api-versions.ts";
import type { ResourceType } from "../resource-type.ts";

/** The type under which resource groups are stored; their calls are routes of their own. */
export const resourceGroup: ResourceType = {
  type: "Microsoft.Resources/subscriptions/resourceGroups",
  scope: "subscription",
  apiVersions: resourceManagerApiVersions,
  location: "required",
  tags: true,
  namePattern: /^[-\w._()]{0,89}[-\w_()]$/,
};
