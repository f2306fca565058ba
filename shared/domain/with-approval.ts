import type { Person } from "./approval.ts";
import { sameRequest } from "./same-request.ts";
import type { SpokeRecord } from "./spoke-record.ts";

/** Who asks for a run, and whether this platform wants runs approved. */
export interface AskedRun {
  readonly required: boolean;
  readonly requestedBy: Person;
  /** ISO 8601, UTC. */
  readonly now: string;
}

/**
 * The record of a new run with the approval that it needs. What was approved needs none again, as long as it is the
 * same request on the same addresses.
 * @param before the record that the run follows; null for a new spoke
 */
export function withApproval(run: SpokeRecord, before: SpokeRecord | null, asked: AskedRun): SpokeRecord {
  const { approval: _approval, replaced: _replaced, ...rest } = run;
  if (!asked.required) return rest;
  const { approved, request, addressPrefix, revision } = rest;
  if (approved && approved.addressPrefix === addressPrefix && sameRequest(approved.request, request)) {
    return { ...rest, approval: approved };
  }
  const stands = before !== null && before.resources.length > 0;
  return {
    ...rest,
    approval: {
      revision,
      status: "Pending",
      requestedBy: asked.requestedBy,
      requestedAt: asked.now,
      expiresAt: null,
      request,
      addressPrefix,
      decidedBy: null,
      decidedAt: null,
      comment: "",
    },
    ...(stands ? { replaced: { request: before.request, tierSlots: before.tierSlots } } : {}),
  };
}
