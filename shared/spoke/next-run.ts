import type { SpokeRecord } from "../domain/spoke-record.ts";
import type { SpokeRequest } from "../domain/spoke-request.ts";
import { assignTierSlots } from "./address-plan.ts";

/**
 * The record of another run of a spoke, for a request that may be the same; its approval is another matter.
 * @param traceparent of what asks for it
 */
export function nextRun(record: SpokeRecord, request: SpokeRequest, traceparent?: string): SpokeRecord {
  return {
    ...record,
    request,
    status: "Accepted",
    revision: record.revision + 1,
    tierSlots: assignTierSlots(
      record.tierSlots,
      request.application.tiers.map((tier) => tier.name),
    ),
    findings: [],
    error: null,
    traceparent,
    startedAt: null,
    finishedAt: null,
  };
}
