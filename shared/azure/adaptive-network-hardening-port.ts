import type { AdaptiveRule } from "../domain/recommendation.ts";

/**
 * Adaptive network hardening of Defender for Cloud, which Azure has retired. Each call throws RefusedError or
 * TransientError and nothing else.
 */
export interface AdaptiveNetworkHardeningPort {
  /** Defender's rules for a machine; "retired" where the service answers no more. */
  rulesFor(virtualMachineId: string): Promise<readonly AdaptiveRule[] | "retired">;
  /** Has Defender write the rules into the NSGs that they name, and waits until it is done. */
  enforce(virtualMachineId: string, rules: readonly AdaptiveRule[]): Promise<void>;
}
