import type { ControlSeverity, ControlVerdict, ControlWeights } from "./compliance.ts";

/** As Defender's secure score, what matters more counts more. */
export const severityWeights: Readonly<Record<ControlSeverity, number>> = { critical: 10, high: 6, medium: 3, low: 1 };

export const noWeights: ControlWeights = { passed: 0, failed: 0, unknown: 0 };

/** Weights of judged controls; what is exempt or not applicable counts for nothing. */
export function weightsOf(
  verdicts: readonly ControlVerdict[],
  severityOf: (controlId: string) => ControlSeverity,
): ControlWeights {
  const sum = (status: ControlVerdict["status"]) =>
    verdicts
      .filter((one) => one.status === status)
      .reduce((total, one) => total + severityWeights[severityOf(one.id)], 0);
  return { passed: sum("pass"), failed: sum("fail"), unknown: sum("unknown") };
}

export function addedWeights(a: ControlWeights, b: ControlWeights): ControlWeights {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, unknown: a.unknown + b.unknown };
}

/**
 * The share of the weight that passes, 0–100 with one decimal. What nobody can see counts as half of a failure: it is no
 * proof that something is wrong, and none that it is right. Null where nothing was counted.
 */
export function scoreOf({ passed, failed, unknown }: ControlWeights): number | null {
  const counted = passed + failed + unknown / 2;
  return counted === 0 ? null : Math.round((1000 * passed) / counted) / 10;
}
