import { RefusedError } from "../../domain/errors.ts";
import type { DesiredResource } from "../../domain/resource.ts";
import { resourceIdKey } from "../../domain/resource-id.ts";
import { applyChange } from "../apply-change.ts";
import { portOf } from "../observe-resource.ts";
import type { NarrowPlan } from "./narrow-plan.ts";
import type { WatchTools } from "./watch-tools.ts";

type Tools = Pick<WatchTools, "azure" | "turns">;

/** Azure says so of a body that names a resource which does not stand. */
const missingReference = /^(InvalidResourceReference|ResourceNotFound|ReferencedResourceNotFound|NotFound)$/i;

/**
 * Brings one resource to what it shall be. What it refers to and is gone as well is made first. What was just observed
 * serves the write, under its ETag: no call is spent on looking twice, and nothing is undone that was not looked at.
 * @param whateverStands writes also over what others change in the same moment again and again
 * @throws RefusedError for what is permanent, TransientError for what is worth another attempt.
 */
export async function restore(tools: Tools, plan: NarrowPlan, whateverStands = false): Promise<void> {
  try {
    await writeOne(tools, plan, whateverStands);
  } catch (error) {
    if (!(error instanceof RefusedError) || !missingReference.test(error.failure.code)) throw error;
    if (!(await makeMissing(tools, plan, plan.change.dependsOn, new Set()))) throw error;
    await writeOne(tools, plan, whateverStands);
  }
}

async function writeOne(tools: Tools, { state, observed, change }: NarrowPlan, whateverStands: boolean): Promise<void> {
  const { desired } = change;
  if (desired === null) throw new Error(`${change.id} is not desired`);
  // In the hub's network spokes write one after the other.
  if (desired.type === "Microsoft.Network/virtualNetworks/virtualNetworkPeerings") {
    const { resources } = tools.azure;
    await applyChange({ resources, turns: tools.turns, spoke: state.design.request.name }, change);
    return;
  }
  const port = portOf(tools.azure.resources, desired.type);
  const write = () => port.write(desired, observed);
  await tools.azure.withFewLooks(whateverStands ? write : () => port.writeOver?.(desired, observed) ?? write());
}

/** Makes what is gone of the resources with these ids, each after what it needs itself; answers whether any was. */
async function makeMissing(
  tools: Tools,
  plan: NarrowPlan,
  ids: readonly string[],
  visited: Set<string>,
): Promise<boolean> {
  let made = false;
  for (const id of ids) {
    const key = resourceIdKey(id);
    const needed = plan.state.resources.find((resource) => resourceIdKey(resource.id) === key);
    if (needed === undefined || needed.ownership !== "owned" || visited.has(key)) continue;
    visited.add(key);
    made = (await makeMissing(tools, plan, needed.dependsOn, visited)) || made;
    made = (await makeIfMissing(tools, needed)) || made;
  }
  return made;
}

async function makeIfMissing({ azure }: Tools, needed: DesiredResource): Promise<boolean> {
  const port = portOf(azure.resources, needed.type);
  if ((await port.observe(needed)) !== null) return false;
  await port.write(needed, null);
  return true;
}
