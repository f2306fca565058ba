import type { SpokeRecord } from "../../shared/domain/spoke-record.ts";
import type { SpokeRequest } from "../../shared/domain/spoke-request.ts";
import type { Violation } from "../../shared/domain/violation.ts";
import type { Caller } from "./caller.ts";
import { Problem, violationsProblem } from "./problem.ts";

/** Whether the caller may change the spoke: as an operator, or as who asked for it (contract §2). */
export function mayChange(caller: Caller, record: SpokeRecord): boolean {
  return caller.roles.has("Operate") || caller.objectId === record.requester.objectId;
}

/** @throws Problem 403 where the caller may not change the spoke. */
export function checkOwner(caller: Caller, record: SpokeRecord): void {
  if (mayChange(caller, record)) return;
  throw new Problem(403, "Only who asked for the spoke, or the role Operate, may change it.");
}

/**
 * A network cannot move: what decides where it stands is fixed at its first request.
 * @throws Problem 400 with everything that the request would change about that.
 */
export function checkUnchangeable({ name, request: before, addressPrefix }: SpokeRecord, request: SpokeRequest): void {
  const fixed = ["subscriptionId", "location", "topology"] as const;
  const violations: Violation[] = fixed
    .filter((key) => request[key] !== before[key])
    .map((key) => ({ pointer: `/${key}`, code: "Unchangeable", message: unchangeable(before[key]) }));
  if (request.name !== name) {
    violations.push({ pointer: "/name", code: "NameDiffers", message: `The path names ${name}.` });
  }
  if (request.addressPrefix !== null && request.addressPrefix !== addressPrefix) {
    violations.push({ pointer: "/addressPrefix", code: "Unchangeable", message: unchangeable(addressPrefix) });
  }
  if (violations.length > 0) throw violationsProblem(violations);
}

function unchangeable(value: string): string {
  return `It is ${value} and cannot be changed; ask for a new spoke.`;
}
