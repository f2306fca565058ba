import type { OwnIdentity } from "../../azure/ports.ts";
import type { NetworkEvent } from "../../domain/network-event.ts";

/** Whether the tool itself made the write that an event tells of, by what its claims and the tool's token say. */
export function isOwnEvent({ origin: { caller } }: NetworkEvent, own: OwnIdentity): boolean {
  const same = (a: string | null, b: string | null) => a !== null && b !== null && a.toLowerCase() === b.toLowerCase();
  return same(caller.objectId, own.objectId) || same(caller.applicationId, own.applicationId);
}
