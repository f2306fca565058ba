import type { Recommendation } from "../../domain/recommendation.ts";

/** Defender looks at a resource within a day, and tells what it saw later still. */
const defenderIsBehind = 2 * 86_400_000;

/**
 * Whether a decision counts no more, so that what is found again is open again: its amendment was taken back, its policy
 * stands otherwise than it was written, or Defender still says so long after.
 * @param amendmentIds of all that amends the spoke
 * @param lookedAt when the pass began to look, ISO 8601: what was decided since it has not seen
 */
export function isReopened(
  { status, decision, amendmentId, remedy }: Recommendation,
  amendmentIds: ReadonlySet<string>,
  lookedAt: string,
): boolean {
  if (decision === null || (status !== "Accepted" && status !== "Applied")) return false;
  const passed = Date.parse(lookedAt) - Date.parse(decision.at);
  if (passed <= 0) return false;
  if (amendmentId !== null && remedy.kind === "rule") return !amendmentIds.has(amendmentId);
  if (remedy.kind === "just-in-time-policy") return true;
  return passed > defenderIsBehind;
}
