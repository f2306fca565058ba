import type {
  ComplianceStatus,
  ComplianceSweep,
  ControlDescription,
  ControlStatus,
  ControlVerdict,
  ScorePoint,
  SpokeCompliance,
} from "../../domain/compliance.ts";
import { addedWeights, noWeights, scoreOf, weightsOf } from "../../domain/compliance-score.ts";
import { controlOf } from "./controls.ts";

/** A control of a spoke as the API tells it. */
export type ControlView = Omit<ControlDescription, "id"> & ControlVerdict;

/** A spoke as the API tells it. */
export interface SpokeComplianceView {
  readonly spoke: string;
  readonly subscriptionId: string;
  readonly status: ComplianceStatus;
  readonly reason: string | null;
  readonly score: number | null;
  readonly controls: readonly ControlView[];
  readonly checkedAt: string;
  readonly sweepId: string;
}

/** What `GET /api/compliance` answers. */
export interface ComplianceView {
  readonly value: readonly SpokeComplianceView[];
  readonly score: number | null;
  readonly sweep: ComplianceSweep | null;
  readonly history: readonly ScorePoint[];
}

/** What of the verdicts is asked for; null = all. */
export interface ComplianceQuestion {
  /** Id of one control: the scores are of it alone. */
  readonly control: string | null;
  /** Controls with this status alone; the scores stay those of all. */
  readonly status: ControlStatus | null;
}

/** The verdicts as people read them, spokes in the order of their names. */
export function complianceView(
  verdicts: readonly SpokeCompliance[],
  sweep: ComplianceSweep | null,
  history: readonly ScorePoint[],
  { control, status }: ComplianceQuestion,
): ComplianceView {
  const asked = verdicts
    .map((one) => ({ ...one, controls: one.controls.filter(({ id }) => control === null || id === control) }))
    .toSorted((a, b) => (a.spoke < b.spoke ? -1 : 1));
  const weights = asked.map((one) => weightsOf(one.controls, (id) => controlOf(id)?.severity ?? "low"));
  return {
    value: asked.map((one, index) => {
      const controls = one.controls.filter((verdict) => status === null || verdict.status === status);
      return spokeView({ ...one, controls }, scoreOf(weights[index] ?? noWeights));
    }),
    score: scoreOf(weights.reduce(addedWeights, noWeights)),
    sweep,
    history,
  };
}

function spokeView(verdict: SpokeCompliance, score: number | null): SpokeComplianceView {
  const { spoke, subscriptionId, status, reason, controls, checkedAt, sweepId } = verdict;
  return { spoke, subscriptionId, status, reason, score, controls: controls.flatMap(controlView), checkedAt, sweepId };
}

/** A control that an earlier version judged and this one does not know is left out. */
function controlView(verdict: ControlVerdict): ControlView[] {
  const control = controlOf(verdict.id);
  if (control === undefined) return [];
  const { title, step, principles, section, severity } = control;
  return [{ title, step, principles, section, severity, ...verdict }];
}
