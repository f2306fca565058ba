import { availableParallelism } from "node:os";
import { z } from "zod";

/** The platform's default is ten per core; a machine with few cores still lets forty activities wait for I/O. */
const defaultConcurrency = Math.max(40, 10 * availableParallelism());

/**
 * What this host reads of `extensions.durableTask` in host.json. Settings of other storage providers are ignored; a value
 * that this host cannot honour is an error.
 */
export const durableConfiguration = z.looseObject({
  hubName: z.string().default("TestHubName"),
  maxConcurrentActivityFunctions: z.int().positive().default(defaultConcurrency),
  maxConcurrentOrchestratorFunctions: z.int().positive().default(defaultConcurrency),
  maxEntityOperationBatchSize: z.int().positive().default(100),
  maxConcurrentEntityFunctions: z.int().positive().default(defaultConcurrency),
  overridableExistingInstanceStates: z.literal("NonRunningStates").default("NonRunningStates"),
});

/** Those settings, complete. */
export type DurableConfiguration = z.infer<typeof durableConfiguration>;
