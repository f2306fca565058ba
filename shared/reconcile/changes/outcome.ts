import { type Failure, RefusedError, TransientError } from "../../domain/errors.ts";
import type { NetworkChange } from "../../domain/network-change.ts";
import type { WatchedResource } from "../../domain/watched-resource.ts";
import type { NarrowPlan } from "./narrow-plan.ts";
import { restore } from "./restore.ts";
import type { WatchTools } from "./watch-tools.ts";

/** How a restoration went. */
export type Outcome =
  | { readonly kind: "restored" }
  | { readonly kind: "left" }
  | { readonly kind: "backed-off"; readonly until: string }
  | { readonly kind: "refused"; readonly failure: Failure }
  | { readonly kind: "later"; readonly failure: Failure }
  /** Something else stands by now than what was looked at. */
  | { readonly kind: "stale" };

/** Restores, and answers how it went. @param isLast writes over whatever stands by now */
export async function restored(tools: WatchTools, plan: NarrowPlan, isLast: boolean): Promise<Outcome> {
  try {
    await restore(tools, plan, isLast);
    return { kind: "restored" };
  } catch (error) {
    if (error instanceof RefusedError) {
      return error.failure.code === "ChangedMeanwhile"
        ? { kind: "stale" }
        : { kind: "refused", failure: error.failure };
    }
    if (error instanceof TransientError) return { kind: "later", failure: error.failure };
    throw error;
  }
}

/** A change with what a look did about it. */
export function withOutcome(change: NetworkChange, outcome: Outcome, now: string): NetworkChange {
  switch (outcome.kind) {
    case "restored":
      return { ...change, status: "Restored", restoredAt: now, error: null };
    case "refused":
      return { ...change, status: "RestoreFailed", error: outcome.failure };
    case "later":
      return { ...change, error: outcome.failure };
    case "backed-off":
      return { ...change, status: "BackedOff", error: backedOff(change.resourceId, outcome.until) };
    case "left":
    case "stale":
      return change;
  }
}

function backedOff(resourceId: string, until: string): Failure {
  return {
    code: "RestorationBackedOff",
    message: `The same deviation came back again and again: nothing is restored here until ${until}.`,
    resourceId,
    remedy:
      "Find out which automation or person brings it back; exempt it, or have it stopped there. What is critical is restored again within minutes, and told each time.",
  };
}

/** A refusal of Azure's may end without anybody saying so: a lock that is taken away makes no event here. */
const afterRefusal = 15 * 60_000;

/** When to come back after an outcome. */
export function revisitAfter(outcome: Outcome, now: string): Pick<WatchedResource, "revisit" | "revisitAt"> {
  switch (outcome.kind) {
    case "restored":
    case "left":
      return { revisit: false, revisitAt: null };
    case "backed-off":
      return { revisit: true, revisitAt: outcome.until };
    case "refused":
      return { revisit: true, revisitAt: new Date(Date.parse(now) + afterRefusal).toISOString() };
    case "later":
    case "stale":
      return { revisit: true, revisitAt: null };
  }
}
