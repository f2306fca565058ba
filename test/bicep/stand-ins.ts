import type { ArmWrite } from "./arm-write.ts";
import { declaredResource } from "./declared-resource.ts";

/** An API version of a resource provider for which another one's types stand in. */
export interface StandIn {
  readonly provider: string;
  readonly sent: string;
  readonly checked: string;
  readonly reason: string;
}

/**
 * Versions that the app sends and that the Bicep CLI (bicep-cli.csproj) has no types of. A newer CLI that has them is asked for
 * what is sent, and says that the entry can go.
 */
export const standIns: readonly StandIn[] = [
  {
    provider: "Microsoft.Network",
    sent: "2026-01-01",
    checked: "2025-09-01",
    reason: "the newest that Bicep 0.47.16 has; what came with 2026-01-01 is unknown to it",
  },
];

/** What of `all` stands in for the version of a write. */
export function standInFor(all: readonly StandIn[], { path, apiVersion }: ArmWrite): StandIn | undefined {
  const provider = declaredResource(path).type.split("/")[0]?.toLowerCase();
  return all.find((one) => one.provider.toLowerCase() === provider && one.sent === apiVersion);
}
