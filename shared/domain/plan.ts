import type { Finding, StepNumber } from "./finding.ts";
import type { Proof } from "./proof.ts";
import type { DesiredResource, ResourceBodies, ResourceType } from "./resource.ts";
import type { RunVersion } from "./run-version.ts";

export type ChangeAction = "create" | "update" | "delete" | "none";

/** One property that stands otherwise than it shall; `pointer` is a JSON pointer into the body. */
export interface PropertyDifference {
  readonly pointer: string;
  readonly desired: unknown;
  readonly observed: unknown;
}

/** What has to happen to one resource, and why. */
export interface Change {
  readonly id: string;
  readonly type: ResourceType;
  readonly steps: readonly StepNumber[];
  readonly action: ChangeAction;
  readonly differences: readonly PropertyDifference[];
  readonly reasons: readonly string[];
  readonly dependsOn: readonly string[];
  /** Null only where the action is "delete". */
  readonly desired: DesiredResource | null;
  /** Of the deletion of a role assignment: what it grants (RecordedResource.assignment). */
  readonly assignment?: ResourceBodies["Microsoft.Authorization/roleAssignments"];
}

/** Resources on the longest chain of dependencies, with Azure's usual duration of each in seconds. */
export interface CriticalPath {
  readonly seconds: number;
  readonly resources: readonly { readonly id: string; readonly seconds: number }[];
}

/** plan = desired − observed, as data. `version` lets orchestrations in flight survive an upgrade. */
export interface Plan {
  readonly version: RunVersion;
  readonly spoke: string;
  readonly changes: readonly Change[];
  readonly findings: readonly Finding[];
  readonly criticalPath: CriticalPath;
  /** Absent where a plan removes, and in those of earlier versions. */
  readonly proof?: Proof;
}
