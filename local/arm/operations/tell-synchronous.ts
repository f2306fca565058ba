import type { Engine } from "../engine/engine.ts";
import type { ArmRequest } from "../requests/arm-request.ts";
import type { EndedChange } from "./ended-change.ts";

/** Tells of a change that was made at once, without an operation. */
export function tellSynchronous(
  engine: Engine,
  { caller, origin }: ArmRequest,
  change: Pick<EndedChange, "kind" | "resourceId" | "action" | "known">,
): void {
  engine.changes.tell({ ...change, outcome: "Success", principalId: caller.principalId, origin });
}
