import type { JsonObject } from "../../../json.ts";
import type { Assessment } from "./assessments-of.ts";
import { type SecureScoreControl, secureScoreControls } from "./recommendations.ts";

/** How a subscription stands in one control. */
export interface ControlScore {
  readonly control: SecureScoreControl;
  readonly healthy: number;
  readonly unhealthy: number;
  readonly notApplicable: number;
  /** Points at most; none where nothing in the subscription is concerned. */
  readonly max: number;
  /** Points with two decimals. */
  readonly current: number;
}

/**
 * The points of each control, by the assessments of a subscription: its maximum in the proportion of its healthy resources. A resource is healthy in a control
 * where none of its assessments there is unhealthy, and counts only where one applies.
 * Source: Defender for Cloud, "Secure score": "How your secure score is calculated".
 */
export function controlScores(all: readonly Assessment[]): readonly ControlScore[] {
  return secureScoreControls.map((control) => {
    const codes = codesByResource(all.filter(({ recommendation }) => recommendation.control === control));
    const count = (holds: (codes: ReadonlySet<string>) => boolean) => codes.filter(holds).length;
    const unhealthy = count((each) => each.has("Unhealthy"));
    const healthy = count((each) => !each.has("Unhealthy") && each.has("Healthy"));
    const applicable = healthy + unhealthy;
    const max = applicable === 0 ? 0 : control.maxScore;
    const current = applicable === 0 ? 0 : Math.round((max * healthy * 100) / applicable) / 100;
    return { control, healthy, unhealthy, notApplicable: codes.length - applicable, max, current };
  });
}

/** `score` of a control or of the whole: the percentage is a part of one. */
export function scoreOf(max: number, current: number): JsonObject {
  return { max, current, percentage: max === 0 ? 0 : Math.round((current / max) * 10_000) / 10_000 };
}

function codesByResource(assessments: readonly Assessment[]): readonly ReadonlySet<string>[] {
  const codes = new Map<string, Set<string>>();
  for (const { resource, verdict } of assessments) {
    const known = codes.get(resource.id) ?? new Set<string>();
    codes.set(resource.id, known.add(verdict.code));
  }
  return [...codes.values()];
}
