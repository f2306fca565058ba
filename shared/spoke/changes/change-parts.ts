import { createHash } from "node:crypto";
import type { PropertyDifference } from "../../domain/plan.ts";
import type { DesiredResource, ObservedResource } from "../../domain/resource.ts";
import { partOf, valueAt } from "../body-pointer.ts";

/** A part of a resource that stands otherwise than it shall: a rule, a route, a subnet, or a property of its own. */
export interface ChangedPart {
  /** `""` is the resource itself, which does not stand. */
  readonly pointer: string;
  readonly differences: readonly PropertyDifference[];
  /** What stands there; null = nothing. */
  readonly observed: unknown;
  /** Tells this very deviation from every other: where it stands again with the same key, it is the same one. */
  readonly key: string;
}

/** The parts of a resource that differ, from its differences; a resource that is gone is one part. */
export function changedParts(
  desired: DesiredResource,
  observed: ObservedResource | null,
  differences: readonly PropertyDifference[],
): ChangedPart[] {
  if (observed === null) {
    const gone: PropertyDifference = { pointer: "", desired: desired.body, observed: null };
    return [part("", [gone], null)];
  }
  const byPart = new Map<string, PropertyDifference[]>();
  for (const difference of differences) {
    const pointer = partOf(difference.pointer);
    byPart.set(pointer, [...(byPart.get(pointer) ?? []), difference]);
  }
  return [...byPart].map(([pointer, own]) => part(pointer, own, valueAt(observed.body, pointer)));
}

function part(pointer: string, differences: readonly PropertyDifference[], observed: unknown): ChangedPart {
  const deviation = differences.map((one) => [one.pointer.toLowerCase(), one.observed]);
  const key = createHash("sha256")
    .update(JSON.stringify([pointer.toLowerCase(), deviation]))
    .digest("hex")
    .slice(0, 20);
  return { pointer, differences, observed, key };
}
