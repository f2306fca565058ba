import type { JustInTimePolicy, JustInTimeState } from "../domain/just-in-time-access.ts";

/** Just-in-time access of Defender for Cloud. Each call throws RefusedError or TransientError and nothing else. */
export interface JustInTimeAccessPort {
  /** Policies and active requests of a subscription, with one call. */
  observe(subscriptionId: string): Promise<JustInTimeState>;
  /** Makes the policy stand, or stand so. Needs the plan VirtualMachines P2. */
  write(policy: JustInTimePolicy): Promise<void>;
  /** Nothing happens where it does not stand. */
  remove(policyId: string): Promise<void>;
}
