import type { Control } from "./control.ts";
import { principleControls } from "./controls/principles.ts";
import { stepOneControls } from "./controls/step-1.ts";
import { stepTwoControls } from "./controls/step-2.ts";
import { stepThreeControls } from "./controls/step-3.ts";
import { stepFourControls } from "./controls/step-4.ts";
import { logControls } from "./controls/step-5-logs.ts";
import { accessControls, wayOutControls } from "./controls/step-5-network.ts";
import { applicationRuleControls, baselineControls } from "./controls/step-5-rules.ts";
import { stepSixControls } from "./controls/step-6.ts";
import { stepSevenControls } from "./controls/step-7.ts";

/** Every control of the guidance: the rows of its table of principles and of its seven steps. */
export const controls: readonly Control[] = [
  ...principleControls,
  ...stepOneControls,
  ...stepTwoControls,
  ...stepThreeControls,
  ...stepFourControls,
  ...baselineControls,
  ...wayOutControls,
  ...applicationRuleControls,
  ...accessControls,
  ...logControls,
  ...stepSixControls,
  ...stepSevenControls,
];

const byId = new Map(controls.map((control) => [control.id, control]));

export const controlIds: ReadonlySet<string> = new Set(byId.keys());

/** The control of an id; undefined where there is none, as of a verdict that an earlier version stored. */
export function controlOf(id: string): Control | undefined {
  return byId.get(id);
}
