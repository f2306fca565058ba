import type { ResourceType } from "../resource-type.ts";

/** Published api-versions of Microsoft.Network that local Azure answers; the pinned SDK sends the last one. */
export const networkApiVersions: readonly string[] = [
  "2023-02-01",
  "2023-04-01",
  "2023-05-01",
  "2023-06-01",
  "2023-09-01",
  "2023-11-01",
  "2024-01-01",
  "2024-03-01",
  "2024-05-01",
  "2024-07-01",
  "2024-10-01",
  "2025-01-01",
  "2025-03-01",
  "2025-05-01",
  "2025-07-01",
  "2025-09-01",
  "2026-01-01",
];

/** Names of network resources: up to 80, first and last a word character, between them also `.` and `-`. */
const namePattern = /^\w(?:[\w.-]{0,78}\w)?$/;

/** What every type of Microsoft.Network that stands in a resource group of its own has in common. */
export const topLevelType = {
  scope: "resourceGroup",
  apiVersions: networkApiVersions,
  location: "required",
  tags: true,
  etag: true,
  namePattern,
  list: { by: ["resourceGroup", "subscription"] },
  patch: "tags",
} as const satisfies Partial<ResourceType>;

/** What the children of those types have in common. */
export const childType = {
  scope: "resourceGroup",
  apiVersions: networkApiVersions,
  etag: true,
  namePattern,
  list: { by: ["parent"] },
} as const satisfies Partial<ResourceType>;
