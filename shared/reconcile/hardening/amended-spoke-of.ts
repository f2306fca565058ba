import type { Amendment } from "../../domain/amendment.ts";
import { RefusedError } from "../../domain/errors.ts";
import type { PlatformConfiguration } from "../../domain/platform-configuration.ts";
import { sameResourceId } from "../../domain/resource-id.ts";
import type { SpokeRecord } from "../../domain/spoke-record.ts";
import { amend } from "../../spoke/amend.ts";
import type { AmendedSpoke } from "../../spoke/recommendations/amended-spoke.ts";
import { recordedState } from "../changes/narrow-plan.ts";

/** What a spoke shall be now, by its record and amendments and with no call to Azure; null where it fits no longer. */
export function amendedSpokeOf(
  record: SpokeRecord,
  amendments: readonly Amendment[],
  configuration: PlatformConfiguration,
): AmendedSpoke | null {
  try {
    const { design, resources } = recordedState({ record, networkInterfaces: [] }, configuration);
    return {
      design,
      resources: resources.map((resource) => amend(resource, null, amendments).desired),
      isOwnRule: (networkSecurityGroupId, rule) =>
        resources.some(
          ({ id, type, body }) =>
            type === "Microsoft.Network/networkSecurityGroups" &&
            sameResourceId(id, networkSecurityGroupId) &&
            body.securityRules.some(({ name }) => name === rule),
        ),
    };
  } catch (error) {
    if (error instanceof RefusedError) return null;
    throw error;
  }
}
