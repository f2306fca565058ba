import type { AzurePorts } from "../../azure/ports.ts";
import type { Amendment } from "../../domain/amendment.ts";
import type { Change } from "../../domain/plan.ts";
import type { PlatformConfiguration } from "../../domain/platform-configuration.ts";
import type { DesiredResource, ObservedResource } from "../../domain/resource.ts";
import { resourceIdKey, sameResourceId } from "../../domain/resource-id.ts";
import { withoutUnapproved } from "../../domain/without-unapproved.ts";
import { type ChangedPart, changedParts } from "../../spoke/changes/change-parts.ts";
import { type DesiredState, desiredState } from "../../spoke/desired-state.ts";
import { changeOf } from "../../spoke/plan.ts";
import { justInTimeTolerances } from "../just-in-time-tolerances.ts";
import { portOf } from "../observe-resource.ts";
import { recordedFacts } from "../recorded-facts.ts";
import type { WatchedSpoke } from "./watched-spoke.ts";

/** The plan of one resource of a spoke that stands. */
export interface NarrowPlan {
  readonly state: DesiredState;
  /** What it has to be by request and configuration alone. */
  readonly unamended: DesiredResource;
  readonly observed: ObservedResource | null;
  /** What there is to do, amendments and active just-in-time access counted in. */
  readonly change: Change;
  /** What there would be to do without them. */
  readonly strict: Change;
}

/** What a spoke consists of by its record, with no call to Azure. @throws RefusedError where it fits the platform no longer */
export function recordedState(
  { record, networkInterfaces }: WatchedSpoke,
  configuration: PlatformConfiguration,
): DesiredState {
  const standing = withoutUnapproved(record);
  return desiredState({
    request: standing.request,
    addressPrefix: standing.addressPrefix,
    tierSlots: standing.tierSlots,
    configuration,
    facts: recordedFacts(standing, configuration, networkInterfaces),
  });
}

/**
 * Looks at one resource of a spoke and plans it; null where it is none of the spoke's.
 * @throws RefusedError or TransientError where Azure could not be asked or the spoke fits the platform no longer.
 */
export async function narrowPlan(
  azure: AzurePorts,
  configuration: PlatformConfiguration,
  spoke: WatchedSpoke,
  resourceId: string,
  amendments: readonly Amendment[],
  now: string,
): Promise<NarrowPlan | null> {
  const state = recordedState(spoke, configuration);
  const unamended = state.resources.find(({ id }) => sameResourceId(id, resourceId));
  if (unamended === undefined || !isOurs(spoke, unamended)) return null;
  const observed = await portOf(azure.resources, unamended.type).observe(unamended);
  const strict = changeOf(unamended, observed, []);
  const granted = await justInTimeTolerances(azure, state.design, [strict], now);
  const change = changeOf(unamended, observed, [...amendments, ...granted]);
  return { state, unamended, observed, change, strict };
}

/** What no run has planned yet is not missing; an interface that has just come was in no run. */
function isOurs({ record }: WatchedSpoke, { id, ownership, type }: DesiredResource): boolean {
  if (type === "Microsoft.Network/networkInterfaces") return true;
  const key = resourceIdKey(id);
  return ownership === "owned" && record.resources.some((resource) => resourceIdKey(resource.id) === key);
}

/** What deviates by a plan, part by part. */
export function partsOf({ change, observed }: NarrowPlan): ChangedPart[] {
  const { desired, differences, action } = change;
  return desired === null || action === "none" ? [] : changedParts(desired, observed, differences);
}
