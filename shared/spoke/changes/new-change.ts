import type { ChangeMeaning, NetworkChange } from "../../domain/network-change.ts";
import type { PlatformConfiguration } from "../../domain/platform-configuration.ts";
import type { DesiredResource, ObservedResource } from "../../domain/resource.ts";
import type { SpokeDesign } from "../spoke-design.ts";
import { changeId } from "./change-id.ts";
import type { ChangeGroup } from "./group-changes.ts";
import { isAtLeast, meaningOfChange, summarised } from "./meaning-of-change.ts";

export interface FoundChange {
  readonly design: SpokeDesign;
  readonly desired: DesiredResource;
  readonly observed: ObservedResource | null;
  readonly group: ChangeGroup;
  /** What led to the look that found it. */
  readonly cause: { readonly id: string; readonly at: string; readonly by: NetworkChange["detectedBy"] };
  readonly now: string;
  /** Where it is known beside what the resource shall be; then there is nothing that the tool would restore. */
  readonly meaning?: ChangeMeaning;
}

/** The record of a change that was found, before anything is done about it. */
export function newChange(found: FoundChange): NetworkChange {
  const { design, desired, observed, group, cause, now } = found;
  const given = found.meaning;
  const meaning = given === undefined ? meaningOfChange(design, desired, group.parts) : summarised(desired, given);
  const [part] = group.parts;
  const pointer = group.parts.length === 1 ? (part?.pointer ?? "") : "";
  const differences = group.parts.flatMap((one) => one.differences);
  return {
    id: changeId(cause.at, desired.id, `${cause.id}\n${group.parts.map(({ key }) => key).join()}`),
    spoke: design.request.name,
    resourceId: desired.id,
    type: desired.type,
    pointer,
    detectedAt: now,
    detectedBy: cause.by,
    origin: group.event?.origin ?? null,
    ...meaning,
    restoring: {
      action: given !== undefined ? "none" : observed === null ? "create" : "update",
      resourceId: desired.id,
      differences,
    },
    prior: group.parts.map((one) => ({ pointer: one.pointer, value: one.observed })),
    status: "Open",
    restoredAt: null,
    error: null,
    undo: null,
    alerts: alertsFor(meaning.severity, design.configuration),
  };
}

/** Of each target whether it is told of such a change. */
export function alertsFor(
  severity: NetworkChange["severity"],
  { notifications }: PlatformConfiguration,
): NetworkChange["alerts"] {
  return notifications.map(({ name, minimumSeverity }) => ({
    target: name,
    status: isAtLeast(severity, minimumSeverity) ? "Pending" : "Skipped",
    attempts: 0,
    at: null,
    error: null,
  }));
}
