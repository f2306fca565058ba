import type { InvocationContext } from "@azure/functions";
import * as df from "durable-functions";
import { parseNetworkEvent } from "../../shared/domain/network-event.ts";
import type { Composition } from "../composition.ts";
import { signalNetworkResource } from "../entities/signal-network-resource.ts";

/**
 * Hands an event of Event Grid to the entity of its resource, whichever way it came and in whichever schema. What is no
 * event of this tenant's networks is told to the log and dropped: coming again would not make it one.
 */
export async function takeNetworkEvent(
  compose: Pick<Composition, "configuration">,
  message: unknown,
  context: InvocationContext,
): Promise<void> {
  const { tenantId } = await compose.configuration();
  const parsed = parseNetworkEvent(message, tenantId);
  if (parsed.kind !== "event") {
    if (parsed.kind === "refused") context.warn(`An event is refused. ${parsed.reason}`);
    return;
  }
  const { event } = parsed;
  await signalNetworkResource(df.getClient(context), "changed", { resourceId: event.resourceId, event });
}
