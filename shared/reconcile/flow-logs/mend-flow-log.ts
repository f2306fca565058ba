import type { ResourcePorts } from "../../azure/ports.ts";
import type { Amendment } from "../../domain/amendment.ts";
import { RefusedError } from "../../domain/errors.ts";
import type { Change, ChangeAction } from "../../domain/plan.ts";
import type { DesiredResource } from "../../domain/resource.ts";
import { sameResourceId } from "../../domain/resource-id.ts";
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
  await assertOwnTarget(resources, flowLog);
  for (const need of needs) {
    const { desired, asItStands } = amend(need, null, amendments);
    if (asItStands) continue;
    const { id, type, steps, dependsOn } = desired;
    await applyChange(tools, { id, type, steps, dependsOn, desired, action: "update", differences: [], reasons: [] });
  }
  return applyChange(tools, flowLog);
}

/**
 * Of a network that is no spoke's only the log of that very network is written: what Resource Graph did not show yet may
 * have the same name and record another.
 */
async function assertOwnTarget(resources: ResourcePorts, { desired }: Change): Promise<void> {
  if (desired?.type !== "Microsoft.Network/networkWatchers/flowLogs" || desired.ownership !== "shared") return;
  const standing = await resources[desired.type].observe(desired);
  if (standing === null || sameResourceId(standing.body.targetResourceId, desired.body.targetResourceId)) return;
  throw new RefusedError({
    code: "FlowLogOfAnother",
    message: `A flow log of this name records ${standing.body.targetResourceId}: it is left alone.`,
    resourceId: standing.id,
    remedy: "Nothing: the next pass sees it in Resource Graph and takes another name.",
  });
}

/**
 * Switches the flow log off and on again, as it stands otherwise: so Azure fetches a key of the storage account that is new
 * to it (trap 25). A crash between the two leaves a log that is off, which the next pass mends.
 * @returns whether it was there, and on, to be switched
 * @throws RefusedError or TransientError
 */
export async function restartFlowLog(
  { resources }: Pick<FlowLogTools, "resources">,
  flowLog: DesiredResource<"Microsoft.Network/networkWatchers/flowLogs">,
): Promise<boolean> {
  const port = portOf(resources, flowLog.type);
  const standing = await resources[flowLog.type].observe(flowLog);
  if (standing === null || !standing.body.enabled) return false;
  const { body } = standing;
  await port.write({ ...flowLog, body: { ...body, enabled: false } }, standing);
  await port.write({ ...flowLog, body }, await port.observe(flowLog));
  return true;
}
