import type { ResourcePorts } from "../azure/ports.ts";
import { RefusedError } from "../domain/errors.ts";
import type { Change, ChangeAction } from "../domain/plan.ts";
import type { DesiredResource, ObservedResource } from "../domain/resource.ts";
import { parseResourceId, resourceId } from "../domain/resource-id.ts";
import { differences } from "../spoke/difference.ts";
import { isSharedMembership, joinWishes, type SharedMembership } from "../spoke/join-wishes.ts";
import { isTaken, resourceTaken } from "../spoke/taken-resource.ts";
import type { SharedTurns, Turn } from "../state/shared-turns.ts";
import { portOf } from "./observe-resource.ts";

/** What the work on a change needs. */
export interface ChangeTools {
  readonly resources: ResourcePorts;
  readonly turns: SharedTurns;
  /** Name of the spoke whose plan it is. */
  readonly spoke: string;
}

/**
 * Makes one change of a plan. Idempotent: it looks first, and writes only what is otherwise than desired, so that
 * an attempt after a crash finds the work of the one before. Answers what was really done.
 * @throws RefusedError for what is permanent, TransientError for what is worth another attempt.
 */
export async function applyChange(tools: ChangeTools, change: Change): Promise<ChangeAction> {
  const { desired } = change;
  if (desired === null) {
    await portOf(tools.resources, change.type).remove(change.id, change.assignment);
    return "delete";
  }
  if (isSharedMembership(desired)) return join(tools, desired);
  const place = sharedPlaceOf(desired);
  return place === null ? ensure(tools, change, desired) : ensureAt(place, tools, change, desired);
}

/**
 * Spokes join a shared resource one write at a time, and one write takes in all that wait (trap 10). Where Azure refuses
 * that write, another's wish may be the reason: then the own one goes alone.
 */
async function join({ resources, turns, spoke }: ChangeTools, desired: SharedMembership): Promise<ChangeAction> {
  const port = portOf(resources, desired.type);
  const write = async (turn: Turn<SharedMembership>): Promise<ChangeAction> => {
    // A write of an earlier life of this activity may still be at work.
    const observed = await (port.settle?.(desired) ?? port.observe(desired));
    if (stands(desired, observed)) return "none";
    const others = await turn.others();
    const put = async (wanted: SharedMembership) => {
      turn.assertHeld();
      await port.write(wanted, observed);
    };
    try {
      await put(joinWishes(desired, others));
      await turn.fulfilled();
    } catch (error) {
      if (!(error instanceof RefusedError) || others.length === 0) throw error;
      await put(desired);
    }
    return observed === null ? "create" : "update";
  };
  // Azure takes no rules that name an IP group while it is at work on that.
  const ipGroup = ipGroupOf(desired);
  const place = ipGroup === null ? null : `${ipGroup}/writes`;
  const who = `${spoke}.${desired.type === "Microsoft.Network/ipGroups" ? "member" : "rules"}`;
  for (;;) {
    const action = await turns.inTurn<SharedMembership, ChangeAction>(desired.id, spoke, desired, (turn) =>
      place === null ? write(turn) : alone(turns, place, who, () => write(turn)),
    );
    if (action !== null) return action;
    // The next writer may be at work by now; what it takes in stays in.
    if (stands(desired, await port.observe(desired), ["Succeeded", "Updating"])) return "none";
  }
}

function ipGroupOf(desired: SharedMembership): string | null {
  if (desired.type === "Microsoft.Network/ipGroups") return desired.id;
  const rules = [...desired.body.networkRules, ...desired.body.applicationRules];
  return rules.flatMap((rule) => rule.sourceIpGroupIds)[0] ?? null;
}

/** Runs the work when nobody else is in the place. */
async function alone<R>(turns: SharedTurns, place: string, who: string, work: () => Promise<R>): Promise<R> {
  for (;;) {
    const done = await turns.inTurn(place, who, null, async () => ({ result: await work() }));
    if (done !== null) return done.result;
  }
}

/** What spokes come to one after the other, and until when each stays there. */
interface SharedPlace {
  readonly id: string;
  readonly until: "made" | "accepted";
}

/**
 * The hub's network, in which Azure takes one write at a time (trap 17), and which no spoke's side may name meanwhile: the
 * hub's side stays until it is made, the spoke's side, which changes nothing in the hub, until Azure has accepted it; an
 * application, so that spokes that publish the same one make one policy; and what a subscription shares, so that of
 * spokes that come at once the first makes it and the others find it.
 */
function sharedPlaceOf(desired: DesiredResource): SharedPlace | null {
  if (desired.type === "Microsoft.Graph/conditionalAccessPolicies") {
    return { id: resourceId("", "Microsoft.Graph/applications", desired.body.applicationId), until: "made" };
  }
  if (desired.ownership === "shared") return { id: desired.id, until: "made" };
  if (desired.type !== "Microsoft.Network/virtualNetworks/virtualNetworkPeerings") return null;
  const isHubSide = desired.body.peeringState !== null;
  if (isHubSide) return { id: parseResourceId(desired.id).parentId, until: "made" };
  return { id: desired.body.remoteVirtualNetworkId, until: "accepted" };
}

async function ensureAt(
  place: SharedPlace,
  tools: ChangeTools,
  change: Change,
  desired: DesiredResource,
): Promise<ChangeAction> {
  // A spoke has two sides to make in the hub's network; no name of a spoke has a dot.
  const { made } = await alone(tools.turns, place.id, `${tools.spoke}.${place.until}`, async () => {
    const { promise: accepted, resolve: accept } = Promise.withResolvers<void>();
    const made = ensure(tools, change, desired, accept);
    await (place.until === "made" ? made : Promise.race([made, accepted]));
    return { made };
  });
  return made;
}

async function ensure(
  { resources, spoke }: ChangeTools,
  change: Change,
  desired: DesiredResource,
  accepted?: () => void,
): Promise<ChangeAction> {
  const port = portOf(resources, desired.type);
  const observed = await (port.settle?.(desired) ?? port.observe(desired));
  // Others may have made a resource of this name since the plan.
  if (change.action === "create" && observed !== null && isTaken(spoke, desired, observed)) {
    throw resourceTaken(spoke, observed);
  }
  if (stands(desired, observed)) return "none";
  if (desired.ownership === "prerequisite") throw prerequisiteDiffers(desired);
  await port.write(desired, observed, accepted);
  return observed === null ? "create" : "update";
}

function stands(
  desired: DesiredResource,
  observed: ObservedResource | null,
  states: readonly string[] = ["Succeeded"],
): boolean {
  if (observed === null || differences(desired, observed).length > 0) return false;
  return observed.provisioningState === null || states.includes(observed.provisioningState);
}

function prerequisiteDiffers(desired: DesiredResource): RefusedError {
  return new RefusedError({
    code: "PrerequisiteDiffers",
    message: "A resource that only the platform's owner may change is otherwise than it must be.",
    resourceId: desired.id,
    remedy: "Let the platform's owner run the bootstrap command again.",
  });
}
