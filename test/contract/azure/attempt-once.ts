import { withTransientRetry } from "../../../shared/azure/transient-retry.ts";

/** Short patience: what passes is not waited for. */
export const attemptOnce = <R>(resourceId: string | null, operation: () => Promise<R>) =>
  withTransientRetry(operation, {
    resourceId,
    deadline: 0,
    settling: 0,
    now: Date.now,
    sleep: async () => undefined,
    random: Math.random,
  });
