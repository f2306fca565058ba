import type { NetworkChange } from "../../domain/network-change.ts";
import type { ChangeSeverity } from "../../domain/platform-configuration.ts";
import type { DesiredResource } from "../../domain/resource.ts";
import type { SpokeDesign } from "../spoke-design.ts";
import type { ChangedPart } from "./change-parts.ts";
import { isAtLeast, meaningOfChange } from "./meaning-of-change.ts";
import { alertsFor } from "./new-change.ts";

/** As bad as what was told before of what stands. */
interface Told {
  readonly severity?: ChangeSeverity;
}

/**
 * Changes that were found in one look, told as bad as they are with all that stands. Some mean little for themselves and
 * open something together (where two rules deny the same, either may go): then they are told as what all means together.
 * @param parts all that deviates
 * @param known of what was told before, how bad it was told to be
 */
export function judgedTogether(
  design: SpokeDesign,
  desired: DesiredResource,
  parts: readonly ChangedPart[],
  known: readonly Told[],
  changes: readonly NetworkChange[],
): readonly NetworkChange[] {
  if (changes.length === 0 || known.length + changes.length < 2) return changes;
  const together = meaningOfChange(design, desired, parts);
  const told = [...known, ...changes].map(({ severity = "critical" }) => severity);
  if (told.some((severity) => isAtLeast(severity, together.severity))) return changes;
  return changes.map((change) => ({
    ...change,
    ...together,
    summary: `${together.summary} Together with what else was changed.`,
    alerts: alertsFor(together.severity, design.configuration),
  }));
}
