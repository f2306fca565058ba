import * as df from "durable-functions";
import { isAtWork, type SpokeRecord } from "../../shared/domain/spoke-record.ts";
import type { SpokeRequest } from "../../shared/domain/spoke-request.ts";
import type { Violation } from "../../shared/domain/violation.ts";
import { assignTierSlots } from "../../shared/spoke/address-plan.ts";
import { StaleStateError } from "../../shared/state/blob-state.ts";
import type { Composition } from "../composition.ts";
import type { Caller } from "./caller.ts";
import { parseBody } from "./parse-body.ts";
import { Problem, problemAt } from "./problem.ts";
import { accepted } from "./request-spoke.ts";
import { checkBinding, checkSecurityGroup } from "./requester-checks.ts";
import type { Route } from "./route.ts";

/** `PUT /api/spokes/{name}`: changes a spoke, or runs it again; by an operator or by who asked for it (contract §2). */
export function changeSpoke(compose: Composition): Route {
  return {
    name: "changeSpoke",
    method: "PUT",
    path: "spokes/{name}",
    roles: ["Operate", "Request"],
    inputs: [df.input.durableClient()],
    handle: async (asked) => {
      const { name = "" } = asked.request.params;
      const configuration = await compose.configuration();
      const spokes = await compose.spokes();
      const stored = isSpokeName(name) ? await spokes.readRecord(name) : null;
      if (stored === null) throw new Problem(404, "There is no spoke of this name.");
      checkOwner(asked.caller, stored.value);
      const request = await parseBody(asked.request, configuration);
      checkUnchangeable(name, stored.value, request);
      checkBinding(configuration, asked.caller, request);
      if (isAtWork(stored.value.status)) throw atWork(name);
      const ifMatch = asked.request.headers.get("if-match");
      if (ifMatch !== null && ifMatch !== "*" && ifMatch !== stored.etag) throw stale();
      await checkSecurityGroup((await compose.azure()).directory, request);
      const record = changed(stored.value, request);
      try {
        await spokes.writeRecord(record, stored.etag);
      } catch (error) {
        throw error instanceof StaleStateError ? (ifMatch === null ? atWork(name) : stale()) : error;
      }
      return accepted(compose, asked, record);
    },
  };
}

/** Whether the text can be the name of a spoke at all; whatever else stands in a path names none. */
export function isSpokeName(text: string): boolean {
  return /^[a-z][a-z0-9-]{1,38}[a-z0-9]$/.test(text);
}

function checkOwner(caller: Caller, record: SpokeRecord): void {
  if (caller.roles.has("Operate") || caller.objectId === record.requester.objectId) return;
  throw new Problem(403, "Only who asked for the spoke, or the role Operate, may change it.");
}

/** A network cannot move: what decides where it stands is fixed at its first request. */
function checkUnchangeable(name: string, { request: before, addressPrefix }: SpokeRecord, request: SpokeRequest): void {
  const fixed = ["subscriptionId", "location", "topology"] as const;
  const violations: Violation[] = fixed
    .filter((key) => request[key] !== before[key])
    .map((key) => ({
      pointer: `/${key}`,
      code: "Unchangeable",
      message: `It is ${before[key]} and cannot be changed; ask for a new spoke.`,
    }));
  if (request.name !== name) {
    violations.push({ pointer: "/name", code: "NameDiffers", message: `The path names ${name}.` });
  }
  if (request.addressPrefix !== null && request.addressPrefix !== addressPrefix) {
    violations.push({
      pointer: "/addressPrefix",
      code: "Unchangeable",
      message: `It is ${addressPrefix} and cannot be changed; ask for a new spoke.`,
    });
  }
  if (violations.length === 0) return;
  throw new Problem(
    400,
    `The request has ${violations.length} violation${violations.length === 1 ? "" : "s"}.`,
    violations,
  );
}

function changed(record: SpokeRecord, request: SpokeRequest): SpokeRecord {
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
    startedAt: null,
    finishedAt: null,
  };
}

function atWork(name: string): Problem {
  return problemAt(409, "A run of this spoke is at work.", "", "RunAtWork", `Wait for GET /api/spokes/${name} to end.`);
}

function stale(): Problem {
  return problemAt(412, "The spoke is not the one that If-Match names.", "", "PreconditionFailed", "Read it again.");
}
