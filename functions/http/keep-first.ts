import { isUnapprovedRequest } from "../../shared/domain/is-unapproved-request.ts";
import { sameRequest } from "../../shared/domain/same-request.ts";
import { isAtWork, type SpokeRecord } from "../../shared/domain/spoke-record.ts";
import type { SpokeRequest } from "../../shared/domain/spoke-request.ts";
import { StaleStateError } from "../../shared/state/blob-state.ts";
import type { Composition } from "../composition.ts";
import { holdPrefix } from "./address-space.ts";
import type { Caller } from "./caller.ts";
import { mayChange } from "./ownership.ts";
import { Problem, problemAt } from "./problem.ts";

/**
 * Writes the record of a request that leased its prefix, or answers the record of a faster request, which decides; the
 * same request joins it. Afterwards the spoke holds the prefix of its record and no other.
 * @param etag of the record before; null where there was none
 * @throws Problem 409 where a faster request asked for something else, or the prefix went to another spoke meanwhile.
 */
export async function keepFirst(
  compose: Pick<Composition, "configuration" | "leases" | "now" | "spokes">,
  record: SpokeRecord,
  etag: string | null,
): Promise<SpokeRecord> {
  const [spokes, leases] = [await compose.spokes(), await compose.leases()];
  try {
    await spokes.writeRecord(record, etag);
  } catch (error) {
    if (!(error instanceof StaleStateError)) throw error;
    const winner = (await spokes.readRecord(record.name))?.value;
    if (winner === undefined) throw error;
    await leases.settle(winner.name, winner.addressPrefix);
    if (!sameRequest(winner.request, record.request)) throw nameTaken(winner.name);
    return winner;
  }
  if (!(await leases.settle(record.name, record.addressPrefix))) await takeAgain(compose, record);
  return record;
}

/**
 * A change that ended without approval may be asked for again as it was, by who may change the spoke.
 * @throws Problem 409 NameTaken where the record is of another request.
 */
export function checkSame(record: SpokeRecord, other: SpokeRequest, caller: Caller): void {
  if (sameRequest(record.request, other)) return;
  const again = !isAtWork(record.status) && isUnapprovedRequest(record, other) && mayChange(caller, record);
  if (!again) throw nameTaken(record.name);
}

/** The answer to who may not have this name, because a spoke has it. */
export function nameTaken(name: string): Problem {
  return problemAt(
    409,
    "A spoke of this name was asked for with another request.",
    "/name",
    "NameTaken",
    `Change the spoke with PUT /api/spokes/${name}, or choose another name.`,
  );
}

/** The request was so slow that its lease counted as abandoned: where another spoke has the prefix, the run ends here. */
async function takeAgain(
  compose: Pick<Composition, "configuration" | "leases" | "now" | "spokes">,
  record: SpokeRecord,
): Promise<void> {
  try {
    await holdPrefix(compose, record);
    await (await compose.leases()).settle(record.name, record.addressPrefix);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const [violation] = error.errors;
    await (await compose.spokes()).updateRun(record.name, record.revision, (found) => ({
      ...found,
      status: "Failed",
      error: {
        code: violation?.code ?? "AddressPrefixOverlaps",
        message: `${error.title} ${violation?.message ?? ""}`.trim(),
        resourceId: null,
        remedy: "Ask for the spoke again: without a prefix it gets another one, else name one that is free.",
      },
      finishedAt: compose.now(),
    }));
    throw error;
  }
}
