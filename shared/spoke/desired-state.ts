import type { Finding } from "../domain/finding.ts";
import type { DesiredResource } from "../domain/resource.ts";
import { designSpoke } from "./design-spoke.ts";
import type { DesiredStateInput } from "./desired-state-input.ts";
import type { SpokeDesign } from "./spoke-design.ts";
import { steps } from "./steps/index.ts";

export interface DesiredState {
  readonly design: SpokeDesign;
  readonly resources: readonly DesiredResource[];
  readonly findings: readonly Finding[];
}

/**
 * The desired state of a spoke after the seven steps of the guidance. Pure: same input, same answer.
 * @throws RefusedError where the request cannot become a spoke of this platform.
 */
export function desiredState(input: DesiredStateInput): DesiredState {
  const design = designSpoke(input);
  return {
    design,
    resources: steps.flatMap((step) => step.resources(design)),
    findings: steps.flatMap((step) => step.findings(design)),
  };
}
