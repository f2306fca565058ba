import type { HttpResponseInit } from "@azure/functions";
import * as df from "durable-functions";
import { sameRequest } from "../../shared/domain/same-request.ts";
import { isAtWork, type SpokeRecord } from "../../shared/domain/spoke-record.ts";
import type { SpokeRequest } from "../../shared/domain/spoke-request.ts";
import { assignTierSlots } from "../../shared/spoke/address-plan.ts";
import type { LeaseWish } from "../../shared/state/address-leases.ts";
import { StaleStateError, type Stored } from "../../shared/state/blob-state.ts";
import type { Composition } from "../composition.ts";
import { leaseWish, takePrefix } from "./address-space.ts";
import { currentView } from "./current-view.ts";
import { parseBody } from "./parse-body.ts";
import { problemAt } from "./problem.ts";
import { checkBinding, checkSecurityGroup } from "./requester-checks.ts";
import { type Asked, json, type Route } from "./route.ts";
import { startRun } from "./start-run.ts";

/**
 * `POST /api/spokes`: asks for a spoke. The same request again answers 202 while it runs and 200 after success, and
 * is a new run after a failure; another request under the name is refused with 409 (contract §2).
 */
export function requestSpoke(compose: Composition): Route {
  return {
    name: "requestSpoke",
    method: "POST",
    path: "spokes",
    roles: ["Request"],
    inputs: [df.input.durableClient()],
    handle: async (asked) => {
      const configuration = await compose.configuration();
      const request = await parseBody(asked.request, configuration);
      checkBinding(configuration, asked.caller, request);
      const stored = await (await compose.spokes()).readRecord(request.name);
      if (stored !== null) checkSame(stored.value, request);
      if (stored !== null && isAtWork(stored.value.status)) return accepted(compose, asked, stored.value);
      if (stored?.value.status === "Succeeded") return json(200, await currentView(compose, stored.value));
      await checkSecurityGroup((await compose.azure()).directory, request);
      const wish = leaseWish(configuration, request, compose.now());
      const record = nextRun(compose, asked, request, await takePrefix(compose, wish), stored);
      return accepted(compose, asked, await keepFirst(compose, record, stored?.etag ?? null, wish));
    },
  };
}

/** Writes the record, or answers the one of a faster request, which decides; the same request joins it. */
async function keepFirst(
  compose: Composition,
  record: SpokeRecord,
  etag: string | null,
  wish: LeaseWish,
): Promise<SpokeRecord> {
  const spokes = await compose.spokes();
  try {
    await spokes.writeRecord(record, etag);
    return record;
  } catch (error) {
    if (!(error instanceof StaleStateError)) throw error;
    const winner = (await spokes.readRecord(record.name))?.value;
    if (winner === undefined) throw error;
    await takePrefix(compose, { ...wish, prefix: winner.addressPrefix });
    checkSame(winner, record.request);
    return winner;
  }
}

function nextRun(
  compose: Composition,
  { caller }: Asked,
  request: SpokeRequest,
  addressPrefix: string,
  before: Stored<SpokeRecord> | null,
): SpokeRecord {
  return {
    version: 1,
    name: request.name,
    request,
    requester: before?.value.requester ?? { objectId: caller.objectId, name: caller.name },
    status: "Accepted",
    revision: (before?.value.revision ?? 0) + 1,
    addressPrefix,
    tierSlots: assignTierSlots(
      before?.value.tierSlots ?? {},
      request.application.tiers.map((tier) => tier.name),
    ),
    resources: before?.value.resources ?? [],
    findings: [],
    error: null,
    createdAt: before?.value.createdAt ?? compose.now(),
    startedAt: null,
    finishedAt: null,
  };
}

/** 202 with where to look, after the run was set going (again, where a crash kept it from starting). */
export async function accepted(
  compose: Composition,
  { context }: Asked,
  record: SpokeRecord,
): Promise<HttpResponseInit> {
  await startRun(df.getClient(context), record);
  return json(202, await currentView(compose, record), { location: `/api/spokes/${record.name}` });
}

function checkSame({ name, request }: SpokeRecord, other: SpokeRequest): void {
  if (sameRequest(request, other)) return;
  throw problemAt(
    409,
    "A spoke of this name was asked for with another request.",
    "/name",
    "NameTaken",
    `Change the spoke with PUT /api/spokes/${name}, or choose another name.`,
  );
}
