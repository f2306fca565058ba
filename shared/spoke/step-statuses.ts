import type { Failure } from "../domain/errors.ts";
import type { StepNumber } from "../domain/finding.ts";
import { tryParseResourceId } from "../domain/resource-id.ts";
import { isAtWork, type SpokeRecord } from "../domain/spoke-record.ts";
import { steps } from "./steps/index.ts";

export type ResourceStatus = "Pending" | "Running" | "Succeeded" | "Failed";
export type StepStatus = ResourceStatus | "NotApplicable";

/** What the status of a step follows from, of each of its resources. */
interface ResourceProgress {
  readonly steps: readonly StepNumber[];
  readonly status: ResourceStatus;
  readonly startedAt: string | null;
}

/**
 * Status of each step, derived from its resources (contract §2); `planned` is null before there is a plan.
 *
 * - In a run that ended no step runs: one that was begun and has open resources failed.
 * - A failed run shows where it failed. Where no resource tells, as after a refused plan, it is the step of the
 *   resource that the error names, else the first step that is not done.
 */
export function stepStatuses(
  record: SpokeRecord,
  planned: readonly ResourceProgress[] | null,
): ReadonlyMap<StepNumber, StepStatus> {
  const ended = !isAtWork(record.status);
  const statuses = new Map<StepNumber, StepStatus>(
    steps.map(({ number }) => {
      if (planned === null) return [number, "Pending"];
      const resources = planned.filter((resource) => resource.steps.includes(number));
      return [number, statusOf(resources, ended, record.status === "AwaitingApproval")];
    }),
  );
  if (record.status === "Failed" && ![...statuses.values()].includes("Failed")) {
    const open = [...statuses.keys()].filter((number) => statuses.get(number) === "Pending");
    const told = record.error === null ? null : stepOf(record.error, record);
    statuses.set(open.find((number) => number === told) ?? open[0] ?? 1, "Failed");
  }
  return statuses;
}

function statusOf(resources: readonly ResourceProgress[], ended: boolean, awaiting: boolean): StepStatus {
  if (resources.length === 0) return "NotApplicable";
  const has = (status: StepStatus) => resources.some((resource) => resource.status === status);
  if (has("Failed")) return "Failed";
  if (resources.every((resource) => resource.status === "Succeeded")) return "Succeeded";
  if (ended) return resources.some((resource) => resource.startedAt !== null) ? "Failed" : "Pending";
  return !awaiting && (has("Running") || has("Succeeded")) ? "Running" : "Pending";
}

/** First step that a type of resource serves, for a resource of which no plan tells. */
const stepOfType: ReadonlyMap<string, StepNumber> = new Map([
  ["microsoft.authorization/roledefinitions", 1],
  ["microsoft.authorization/roleassignments", 1],
  ["microsoft.resources/resourcegroups", 2],
  ["microsoft.insights/diagnosticsettings", 2],
  ["microsoft.network/networksecuritygroups", 3],
  ["microsoft.network/applicationsecuritygroups", 4],
  ["microsoft.network/networkinterfaces", 4],
  ["microsoft.network/virtualnetworks", 5],
  ["microsoft.network/routetables", 5],
  ["microsoft.network/loadbalancers", 5],
  ["microsoft.network/networkwatchers", 5],
  ["microsoft.network/networkwatchers/flowlogs", 5],
  ["microsoft.network/ipgroups", 5],
  ["microsoft.network/firewallpolicies/rulecollectiongroups", 5],
  ["microsoft.storage/storageaccounts", 5],
  ["microsoft.network/virtualnetworks/virtualnetworkpeerings", 6],
  ["microsoft.network/applicationgateways", 6],
  ["microsoft.network/applicationgatewaywebapplicationfirewallpolicies", 6],
  ["microsoft.network/privatednszones/virtualnetworklinks", 6],
  ["microsoft.graph/conditionalaccesspolicies", 6],
  ["microsoft.security/pricings", 7],
  ["microsoft.security/securitycontacts", 7],
  ["microsoft.insights/activitylogalerts", 7],
]);

function stepOf({ resourceId }: Failure, record: SpokeRecord): StepNumber | null {
  const recorded = record.resources.find((resource) => resource.id === resourceId)?.steps[0];
  const type = resourceId === null ? undefined : tryParseResourceId(resourceId)?.type.toLowerCase();
  return recorded ?? stepOfType.get(type ?? "") ?? null;
}
