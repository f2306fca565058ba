import type { Amendment } from "../../domain/amendment.ts";
import type { Change } from "../../domain/plan.ts";
import type { DesiredResource, ObservedResource } from "../../domain/resource.ts";
import type { DesiredState } from "../desired-state.ts";
import { changeOf } from "../plan.ts";
import { withRetiredMembers } from "../retired-members.ts";
import type { AssessedResource } from "./assessed-spoke.ts";

/** What stands for a desired resource, or why nobody could look. */
export type Observation =
  | { readonly kind: "observed"; readonly resource: ObservedResource | null }
  | { readonly kind: "unread"; readonly reason: string };

/**
 * Compares each desired resource with what stands, with exemptions and without. Conditional Access policies are left
 * out: findings tell of them.
 */
export function assessResources(
  { design, resources }: DesiredState,
  observe: (desired: DesiredResource) => Observation,
  amendments: readonly Amendment[],
): readonly AssessedResource[] {
  const spoke = { spoke: design.request.name, retiredSubnets: design.retiredSubnets };
  const wanted = amendments.filter(({ origin }) => origin === "recommendation");
  return resources
    .filter(({ type }) => type !== "Microsoft.Graph/conditionalAccessPolicies")
    .map((resource) => {
      const observation = observe(resource);
      if (observation.kind === "unread") {
        return { desired: resource, observed: null, unread: observation.reason, unexempted: null, change: null };
      }
      const observed = observation.resource;
      const desired = withRetiredMembers(resource, observed, spoke);
      const unexempted = judged(desired, observed, wanted);
      const change = amendments.length === wanted.length ? unexempted : judged(desired, observed, amendments);
      return { desired, observed, unread: null, unexempted, change };
    });
}

/** A prerequisite is judged like the rest: here nothing is planned that could be refused. */
function judged(desired: DesiredResource, observed: ObservedResource | null, amendments: readonly Amendment[]): Change {
  return changeOf({ ...desired, ownership: ownership(desired) } as DesiredResource, observed, amendments);
}

function ownership({ ownership: own }: DesiredResource): DesiredResource["ownership"] {
  return own === "prerequisite" ? "owned" : own;
}
