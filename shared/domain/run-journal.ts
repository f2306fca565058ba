import type { Failure } from "./errors.ts";

/** One line in the journal of a run: an activity began or ended its work on one change of the plan. */
export type JournalEntry =
  | { readonly event: "started"; readonly change: number; readonly at: string }
  | {
      readonly event: "finished";
      readonly change: number;
      readonly at: string;
      /** What was really done: "none" where the resource already stood when its turn came. */
      readonly action: "create" | "update" | "delete" | "none";
      readonly failure: Failure | null;
    };
