import { authorizationResourceTypes } from "./authorization/index.ts";
import { networkResourceTypes } from "./network/index.ts";
import { platformProviderOperations, platformResourceTypes } from "./platform/index.ts";
import { resourceGroup } from "./resource-groups/resource-group.ts";
import type { ProviderOperation, ResourceType } from "./resource-type.ts";

/** Every resource type that local Azure models. */
export const resourceTypes: readonly ResourceType[] = [
  resourceGroup,
  ...authorizationResourceTypes,
  ...networkResourceTypes,
  ...platformResourceTypes,
];

/** Every call that a provider offers beside its resource types. */
export const providerOperations: readonly ProviderOperation[] = [...platformProviderOperations];
