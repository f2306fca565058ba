import type { Finding, StepNumber } from "../../domain/finding.ts";
import type { DesiredResource } from "../../domain/resource.ts";
import type { SpokeDesign } from "../spoke-design.ts";

/** One step of the guidance: the resources it asks for and what a person should know about it. */
export interface Step {
  readonly number: StepNumber;
  readonly name: string;
  resources(design: SpokeDesign): readonly DesiredResource[];
  findings(design: SpokeDesign): readonly Finding[];
}
