import type { ControlDescription, ControlEvidence, ControlStatus } from "../../domain/compliance.ts";
import type { AssessedSpoke } from "./assessed-spoke.ts";

/** What the judging of one control came to, before exemptions from controls. */
export interface Evaluation {
  readonly status: ControlStatus;
  readonly evidence: readonly ControlEvidence[];
  readonly remedy: string;
  /** Ids of the amendments by which it is exempt. */
  readonly exemptedBy?: readonly string[];
}

/** A row of the guidance and how it is judged. */
export interface Control extends ControlDescription {
  readonly evaluate: (spoke: AssessedSpoke) => Evaluation;
}

const nothingToDo = "Nothing.";

export const runAgain = "Send the spoke's request again (PUT /api/spokes/{name}): the run mends it.";

export function passes(seen: string, resourceId: string | null = null): Evaluation {
  return { status: "pass", evidence: [{ resourceId, seen }], remedy: nothingToDo };
}

export function fails(evidence: readonly ControlEvidence[], remedy: string): Evaluation {
  return { status: "fail", evidence, remedy };
}

export function isNotApplicable(why: string): Evaluation {
  return { status: "notApplicable", evidence: [{ resourceId: null, seen: why }], remedy: nothingToDo };
}

/** @param shownBy what would show it */
export function isUnknown(why: string, shownBy: string, resourceId: string | null = null): Evaluation {
  return { status: "unknown", evidence: [{ resourceId, seen: why }], remedy: shownBy };
}

/** Several looks at one control: the worst decides, and what was seen of that is told. */
export function worstOf(evaluations: readonly Evaluation[], none: string): Evaluation {
  for (const status of ["fail", "unknown", "exempt", "pass"] as const) {
    const found = evaluations.filter((one) => one.status === status);
    const [first] = found;
    if (first === undefined) continue;
    return {
      status,
      evidence: found.flatMap(({ evidence }) => evidence),
      remedy: [...new Set(found.map(({ remedy }) => remedy))].join(" "),
      exemptedBy: found.flatMap(({ exemptedBy = [] }) => exemptedBy),
    };
  }
  return isNotApplicable(none);
}
