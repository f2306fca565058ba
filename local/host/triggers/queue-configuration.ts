import { z } from "zod";

/** `hh:mm:ss[.fff]` in milliseconds. */
const timeSpan = z
  .string()
  .regex(/^\d{1,2}:\d\d:\d\d(\.\d{1,7})?$/)
  .transform((text) => {
    const [hours = 0, minutes = 0, seconds = 0] = text.split(":").map(Number);
    return Math.round((hours * 3600 + minutes * 60 + seconds) * 1000);
  });

/**
 * `extensions.queues` of host.json. Source: Azure Functions, "Azure Queue storage trigger and bindings", section "host.json
 * settings" (defaults and limits of the extension bundle 4).
 */
export const queueConfiguration = z.looseObject({
  /** Messages that are fetched at once. */
  batchSize: z.int().min(1).max(32).default(16),
  /** The next batch is fetched when no more than so many messages are at work; half a batch where it is not said. */
  newBatchThreshold: z.int().min(0).optional(),
  maxDequeueCount: z.int().min(1).default(5),
  maxPollingInterval: timeSpan.refine((value) => value >= 100, "at least 100 ms").prefault("00:01:00"),
  /** How long a message stays hidden after its function failed. */
  visibilityTimeout: timeSpan.prefault("00:00:00"),
  messageEncoding: z.enum(["base64", "none"]).default("base64"),
});

/** Those settings, complete; times in milliseconds. */
export type QueueConfiguration = z.infer<typeof queueConfiguration>;
