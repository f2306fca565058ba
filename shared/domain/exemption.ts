import { type Amendment, isInForce } from "./amendment.ts";
import type { Person } from "./approval.ts";
import type { ExemptionRequest } from "./exemption-request.ts";

/** So long an exemption is kept for the record after it has expired. */
const keptMilliseconds = 30 * 24 * 3_600_000;

/** The amendment that a request for an exemption asks for; what names no part of a resource means all of it. */
export function exemptionOf(request: ExemptionRequest, id: string, caller: Person, now: string): Amendment {
  const { spoke, control, resourceId, rule, pointers, reason, ticket, owner, expiresAt } = request;
  const tolerated = rule === null ? (pointers ?? [""]) : [`/securityRules/${rule}`];
  return {
    id,
    origin: "exemption",
    spoke,
    owner: owner ?? caller,
    askedBy: caller,
    reason,
    ticket,
    createdAt: now,
    expiresAt: new Date(expiresAt).toISOString(),
    control,
    resourceId,
    tolerated: control === null ? tolerated : [],
    properties: [],
  };
}

/** An amendment as the API tells it. */
export interface ExemptionView {
  readonly id: string;
  readonly origin: Amendment["origin"];
  readonly status: "Active" | "Expired";
  readonly spoke: string;
  readonly control: string | null;
  readonly resourceId: string | null;
  /** Parts of the resource that may stand otherwise than the request has it; "" is all of it. */
  readonly pointers: readonly string[];
  readonly owner: Person;
  /** Who asked for it, as the platform signed them in. */
  readonly askedBy: Person;
  readonly reason: string;
  readonly ticket: string | null;
  readonly createdAt: string;
  readonly expiresAt: string | null;
}

export function exemptionView(amendment: Amendment, now: string): ExemptionView {
  const { id, origin, spoke, control, resourceId, tolerated, properties } = amendment;
  const { owner, askedBy = owner, reason, ticket, createdAt, expiresAt } = amendment;
  const status = isInForce(amendment, now) ? "Active" : "Expired";
  const pointers = [...tolerated, ...properties.map(({ pointer }) => pointer)];
  const who = { owner, askedBy, reason, ticket, createdAt, expiresAt };
  return { id, origin, status, spoke, control, resourceId, pointers, ...who };
}

/** Whether an amendment expired so long ago that it is of no interest any more. */
export function isForgotten({ expiresAt }: Amendment, now: string): boolean {
  return expiresAt !== null && Date.parse(now) > Date.parse(expiresAt) + keptMilliseconds;
}
