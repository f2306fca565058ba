import type { AmendedProperty, Amendment } from "../../domain/amendment.ts";
import type { Change, PropertyDifference } from "../../domain/plan.ts";
import type { DesiredResource } from "../../domain/resource.ts";
import { sameResourceId } from "../../domain/resource-id.ts";
import type { AssessedResource, AssessedSpoke } from "./assessed-spoke.ts";
import { type Evaluation, isUnknown, runAgain, worstOf } from "./control.ts";

/** Which resources, and what of them, a control is about. */
export interface Aspect {
  readonly of: (desired: DesiredResource, spoke: AssessedSpoke) => boolean;
  /** Which differences count; all where it is left out. */
  readonly at?: (difference: PropertyDifference, desired: DesiredResource, spoke: AssessedSpoke) => boolean;
  /** Why it is not applicable where there is no such resource. */
  readonly none: string;
  readonly remedy?: string;
}

/** Judges a control by whether resources stand as the desired state has them. */
export function standingAsDesired(aspect: Aspect): (spoke: AssessedSpoke) => Evaluation {
  return (spoke) => {
    const asked = spoke.resources.filter(({ desired }) => aspect.of(desired, spoke));
    return worstOf(
      asked.map((resource) => ofResource(resource, aspect, spoke)),
      aspect.none,
    );
  };
}

function ofResource(resource: AssessedResource, aspect: Aspect, spoke: AssessedSpoke): Evaluation {
  const { desired, unread, change, unexempted } = resource;
  const { id } = desired;
  if (unread !== null || change === null || unexempted === null) {
    return isUnknown(`Nobody could look: ${unread ?? "it was not read"}`, "Give the tool the right to read it.", id);
  }
  const wrong = relevant(change, aspect, desired, spoke);
  const remedy = aspect.remedy ?? runAgain;
  if (wrong !== null) return { status: "fail", evidence: [{ resourceId: id, ...wrong }], remedy };
  const excused = relevant(unexempted, aspect, desired, spoke);
  if (excused === null) {
    return { status: "pass", evidence: [{ resourceId: id, seen: "It stands as desired." }], remedy: "Nothing." };
  }
  const exemptedBy = spoke.amendments.filter((one) => excuses(one, id)).map((one) => one.id);
  return { status: "exempt", evidence: [{ resourceId: id, ...excused }], remedy, exemptedBy };
}

type Wrong = { readonly seen: string; readonly differences?: readonly PropertyDifference[] };

function relevant(change: Change, { at }: Aspect, desired: DesiredResource, spoke: AssessedSpoke): Wrong | null {
  if (change.action === "create") return { seen: "It does not stand." };
  const differences = change.differences.filter((one) => at === undefined || at(one, desired, spoke));
  if (differences.length > 0) return { seen: words(differences), differences };
  // Azure says that its last operation failed; that is about all of it.
  if (change.action === "update" && at === undefined) return { seen: change.reasons.join(" ") };
  return null;
}

function words(differences: readonly PropertyDifference[]): string {
  const told = differences.slice(0, 5).map(({ pointer, desired, observed }) => {
    if (observed === null || observed === undefined) return `${pointer} is missing.`;
    return desired === null ? `${pointer} should not be there.` : `${pointer} is otherwise than it shall be.`;
  });
  const more = differences.length - told.length;
  return [...told, ...(more > 0 ? [`And ${more} more.`] : [])].join(" ");
}

/** Whether an amendment lets the resource be otherwise, rather than wanting it otherwise. */
export function excuses({ origin, resourceId, tolerated, properties }: Amendment, id: string): boolean {
  const kept: readonly (string | AmendedProperty)[] = origin === "recommendation" ? [] : [...tolerated, ...properties];
  return kept.length > 0 && resourceId !== null && sameResourceId(resourceId, id);
}
