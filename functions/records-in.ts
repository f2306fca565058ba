import type { SpokeRecord, SpokeStatus } from "../shared/domain/spoke-record.ts";
import type { Composition } from "./composition.ts";

/**
 * Records of spokes in a subscription, of those whose status is wanted.
 * @param subscriptionId in lower case
 */
export async function recordsIn(
  compose: Pick<Composition, "spokes">,
  subscriptionId: string,
  isWanted: (status: SpokeStatus) => boolean,
): Promise<readonly SpokeRecord[]> {
  const spokes = await compose.spokes();
  const own = (await spokes.listRecords()).filter(
    (one) => one.subscriptionId.toLowerCase() === subscriptionId && isWanted(one.status),
  );
  const records = await Promise.all(own.map(({ name }) => spokes.readRecord(name)));
  return records.flatMap((stored) => (stored === null ? [] : [stored.value]));
}
