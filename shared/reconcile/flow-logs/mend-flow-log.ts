import type { Amendment } from "../../domain/amendment.ts";
import type { Change, ChangeAction } from "../../domain/plan.ts";
import type { DesiredResource } from "../../domain/resource.ts";
import { amend } from "../../spoke/amend.ts";
import { applyChange } from "../apply-change.ts";
import { portOf } from "../observe-resource.ts";
import type { FlowLogTools } from "./flow-log-pass.ts";

/**
 * Makes the flow log and what it needs stand, as a run of the spoke would: one after the other, each looked at first and
 * written only where it is otherwise. Answers what was done to the flow log.
 * @param spoke its name, or a name of the network's own for turns at what a subscription shares
 * @param needs what the flow log needs, in order
 * @param flowLog its planned change
 * @throws RefusedError or TransientError
 */
export async function mendFlowLog(
  { resources, turns }: Pick<FlowLogTools, "resources" | "turns">,
  spoke: string,
  needs: readonly DesiredResource[],
  flowLog: Change,
  amendments: readonly Amendment[],
): Promise<ChangeAction> {
  const tools = { resources, turns, spoke };
  for (const need of needs) {
    const { desired, asItStands } = amend(need, null, amendments);
    if (asItStands) continue;
    const { id, type, steps, dependsOn } = desired;
    await applyChange(tools, { id, type, steps, dependsOn, desired, action: "update", differences: [], reasons: [] });
  }
  return applyChange(tools, flowLog);
}

/**
 * Switches the flow log off and on again: so Azure fetches a key of the storage account that is new to it (trap 25). A
 * crash between the two leaves a log that is off, which the next pass mends.
 * @throws RefusedError or TransientError
 */
export async function restartFlowLog(
  { resources }: Pick<FlowLogTools, "resources">,
  flowLog: DesiredResource<"Microsoft.Network/networkWatchers/flowLogs">,
): Promise<void> {
  const port = portOf(resources, flowLog.type);
  await port.write({ ...flowLog, body: { ...flowLog.body, enabled: false } }, await port.observe(flowLog));
  await port.write(flowLog, await port.observe(flowLog));
}
