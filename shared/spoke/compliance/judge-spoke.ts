import type { Amendment } from "../../domain/amendment.ts";
import type {
  ControlEvidence,
  ControlExemption,
  ControlVerdict,
  ControlWeights,
  DriftedResource,
} from "../../domain/compliance.ts";
import { weightsOf } from "../../domain/compliance-score.ts";
import { sameResourceId } from "../../domain/resource-id.ts";
import type { AssessedSpoke } from "./assessed-spoke.ts";
import type { Evaluation } from "./control.ts";
import { controlOf, controls } from "./controls.ts";

/** What the judging of a spoke comes to. */
export interface Judgement {
  readonly status: "Compliant" | "NonCompliant";
  readonly controls: readonly ControlVerdict[];
  readonly weights: ControlWeights;
  readonly drift: readonly Omit<DriftedResource, "watched">[];
}

const mostEvidence = 10;
/** Of what passes one example and a number are enough: reports are of thousands of spokes. */
const mostExamples = 2;

/** Judges a spoke by every control of the guidance. Pure. */
export function judgeSpoke(spoke: AssessedSpoke): Judgement {
  const verdicts = controls.map((control) => verdictOf(control.id, control.evaluate(spoke), spoke.amendments));
  return {
    status: verdicts.some(({ status }) => status === "fail") ? "NonCompliant" : "Compliant",
    controls: verdicts,
    weights: weightsOf(verdicts, (id) => controlOf(id)?.severity ?? "low"),
    drift: driftOf(spoke),
  };
}

/** What a run would mend. A prerequisite is not the tool's to write. */
function driftOf({ resources }: AssessedSpoke): Judgement["drift"] {
  return resources.flatMap(({ desired, change }) => {
    if (change === null || change.action === "none" || desired.ownership === "prerequisite") return [];
    return [{ id: desired.id, type: desired.type, action: change.action, differences: change.differences }];
  });
}

function verdictOf(id: string, { status, evidence, remedy, exemptedBy = [] }: Evaluation, all: readonly Amendment[]) {
  const told = { id, evidence: atMost(evidence, status === "pass" ? mostExamples : mostEvidence), remedy };
  const byState = all.find((amendment) => exemptedBy.includes(amendment.id));
  if (status === "exempt")
    return { ...told, status, ...(byState === undefined ? {} : { exemption: exemption(byState) }) };
  const byControl = status === "fail" ? all.filter(({ control }) => control === id) : [];
  const excuse = coveringAll(byControl, evidence);
  return excuse === null ? { ...told, status } : { ...told, status: "exempt" as const, exemption: exemption(excuse) };
}

/** An exemption of the whole control, or as many as it takes to cover all resources at which it fails. */
function coveringAll(amendments: readonly Amendment[], evidence: readonly ControlEvidence[]): Amendment | null {
  const whole = amendments.find(({ resourceId }) => resourceId === null);
  if (whole !== undefined) return whole;
  const covers = (id: string | null) =>
    amendments.find(({ resourceId }) => id !== null && resourceId !== null && sameResourceId(id, resourceId));
  const covering = evidence.map(({ resourceId }) => covers(resourceId));
  return covering.every((one) => one !== undefined) ? (covering[0] ?? null) : null;
}

function exemption({ id, owner, askedBy = owner, reason, ticket, expiresAt }: Amendment): ControlExemption {
  const other = askedBy.objectId === owner.objectId ? "" : `, asked for by ${askedBy.name}`;
  return { id, owner: `${owner.name}${other}`, reason, ticket, expiresAt };
}

function atMost(evidence: readonly ControlEvidence[], most: number): readonly ControlEvidence[] {
  if (evidence.length <= most) return evidence;
  const more = evidence.length - most + 1;
  return [...evidence.slice(0, most - 1), { resourceId: null, seen: `And ${more} more.` }];
}
