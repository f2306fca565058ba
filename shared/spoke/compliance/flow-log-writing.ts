import type { FlowLogCoverage } from "../../domain/flow-log-coverage.ts";
import type { SpokeSurroundings } from "./assessed-spoke.ts";

/** A pass over flow logs that is older proves nothing of now: the timer stands still, or Azure refuses it. */
const longestTrust = 24 * 3_600_000;

/**
 * Whether the flow log of a spoke writes, as the latest pass over flow logs found it.
 * @param now ISO 8601
 */
export function flowLogWriting(
  { state, newestBlob, checkedAt }: FlowLogCoverage,
  now: string,
): NonNullable<SpokeSurroundings["flowLog"]> {
  if (Date.parse(now) - Date.parse(checkedAt) > longestTrust) {
    return { writing: null, seen: `The latest pass over flow logs was at ${checkedAt}: nobody has looked since.` };
  }
  if (state === "Silent") {
    return { writing: false, seen: `A machine runs, and the newest record is of ${newestBlob ?? "never"}.` };
  }
  if (newestBlob !== null && state === "Covered") {
    return { writing: true, seen: `The newest record is of ${newestBlob}.` };
  }
  return { writing: null, seen: `The latest pass over flow logs says ${state}, and saw no record.` };
}
