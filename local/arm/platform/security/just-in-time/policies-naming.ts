import type { Resource } from "../../../resource.ts";
import type { World } from "../../../world.ts";

export const jitPolicyType = "Microsoft.Security/locations/jitNetworkAccessPolicies";

/** The just-in-time policies that name a machine. */
export function policiesNaming(world: World, machineId: string): readonly Resource[] {
  return world.referencesTo(machineId, jitPolicyType);
}
