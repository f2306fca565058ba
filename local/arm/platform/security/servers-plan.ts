import type { World } from "../../world.ts";

/** True where the subscription has Defender for Servers Plan 2. */
export function hasServersPlan2(world: World, subscriptionId: string | undefined): boolean {
  const plan = world.get(`/subscriptions/${subscriptionId}/providers/Microsoft.Security/pricings/VirtualMachines`);
  return plan?.body.properties.pricingTier === "Standard" && plan.body.properties.subPlan === "P2";
}
