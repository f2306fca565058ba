import type { Amendment } from "../shared/domain/amendment.ts";
import type { Composition } from "./composition.ts";
import { pendingWork } from "./watch-tools-of.ts";

const prefix = "end-";

/** Notes that a resource is to be looked at when what keeps it otherwise has ended: the timer comes back to it then. */
export async function noteEndOfExemption(
  compose: Pick<Composition, "blobs" | "now">,
  { id, resourceId, expiresAt }: Amendment,
): Promise<void> {
  if (resourceId === null || expiresAt === null) return;
  const note = { id: `${prefix}${id}`.slice(0, 80), resourceId, changeId: null, since: compose.now() };
  await (await pendingWork(compose)).put({ ...note, notBefore: expiresAt });
}

/** Whether pending work is such a note. */
export function isEndOfExemption(pendingId: string): boolean {
  return pendingId.startsWith(prefix);
}
