import { EntityId } from "durable-functions";
import type { NetworkEvent } from "../../shared/domain/network-event.ts";
import { watchedResourceKey } from "../../shared/domain/watched-resource-key.ts";

export const entityNames = { networkResource: "networkResource" } as const;

/** "changed": an event tells so; "look": come back to it; "sweep": a sweep found drift; "undo": of a restoration. */
export type NetworkResourceOperation = "changed" | "look" | "sweep" | "undo";

export interface NetworkResourceInput {
  readonly resourceId: string;
  readonly event?: NetworkEvent;
  readonly changeId?: string;
  /** Of what tells it: an event, a timer, an operator. */
  readonly traceparent?: string;
}

/** The entity that orders what happens to a resource. */
export function networkResourceEntity(resourceId: string): EntityId {
  return new EntityId(entityNames.networkResource, watchedResourceKey(resourceId));
}
