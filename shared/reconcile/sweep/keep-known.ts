import type { KnownOfSpokes } from "./known-of-spokes.ts";
import type { SweepScope } from "./sweep-store.ts";
import type { SweepTools } from "./sweep-tools.ts";

/** Puts down what the tool knows, by subscription: read once in a sweep, and not once for each subscription. */
export async function keepKnown(tools: SweepTools, id: string, { subscriptions }: SweepScope): Promise<void> {
  const [amendments, flowLogs, learnt] = await Promise.all([tools.amendments(), tools.flowLogs(), tools.learnt()]);
  for (const { subscriptionId, spokes } of subscriptions) {
    const own = new Set(spokes);
    const known: KnownOfSpokes = {
      amendments: amendments.filter(({ spoke }) => own.has(spoke)),
      flowLogs: flowLogs.filter(({ spoke }) => spoke !== null && own.has(spoke)),
      learnt: learnt.filter(({ spoke }) => own.has(spoke)),
    };
    await tools.store.writeKnown(id, subscriptionId, known);
  }
}
