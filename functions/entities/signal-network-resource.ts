import type { DurableClient } from "durable-functions";
import { presentTraceParent } from "../telemetry/present-trace.ts";
import { type NetworkResourceInput, type NetworkResourceOperation, networkResourceEntity } from "./names.ts";

/** Tells the entity of a resource what to do, in the trace of whoever tells it. */
export function signalNetworkResource(
  client: DurableClient,
  operation: NetworkResourceOperation,
  input: Omit<NetworkResourceInput, "traceparent">,
): Promise<void> {
  const traceparent = presentTraceParent();
  const told: NetworkResourceInput = { ...input, ...(traceparent && { traceparent }) };
  return client.signalEntity(networkResourceEntity(input.resourceId), operation, told);
}
