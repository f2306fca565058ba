import type { HttpResponseInit } from "@azure/functions";
import * as df from "durable-functions";
import type { PlatformConfiguration } from "../../shared/domain/platform-configuration.ts";
import { isAtWork, type SpokeRecord } from "../../shared/domain/spoke-record.ts";
import type { SpokeRequest } from "../../shared/domain/spoke-request.ts";
import { type AskedRun, withApproval } from "../../shared/domain/with-approval.ts";
import { assignTierSlots } from "../../shared/spoke/address-plan.ts";
import type { Composition } from "../composition.ts";
import { holdPrefix, leaseWish, takePrefix } from "./address-space.ts";
import { atWork } from "./at-work.ts";
import type { Caller } from "./caller.ts";
import { currentView } from "./current-view.ts";
import { checkSame, keepFirst } from "./keep-first.ts";
import { parseBody, standingSpoke } from "./parse-body.ts";
import { readJson } from "./read-json.ts";
import { checkBinding, checkSecurityGroup } from "./requester-checks.ts";
import { type Asked, json, type Route } from "./route.ts";
import { startRun } from "./start-run.ts";

/**
 * `POST /api/spokes`: asks for a spoke. The same request again answers 202 while it runs and 200 after success, and
 * is a new run after a failure; another request under the name of a spoke that stands is refused with 409 (contract §2).
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
      const body = await readJson(asked.request);
      const stored = await standingSpoke(compose, body);
      // A spoke that was removed leaves its name to whoever comes next.
      const standing = stored === null || stored.value.status === "Removed" ? null : stored.value;
      const request = parseBody(body, configuration, standing);
      checkBinding(configuration, asked.caller, request);
      if (standing !== null) checkSame(standing, request, asked.caller);
      if (standing !== null && isAtWork(standing.status)) return joined(compose, asked, standing);
      if (standing?.status === "Succeeded") return json(200, await currentView(compose, standing));
      await checkSecurityGroup(compose, request);
      const wish = leaseWish(configuration, request, standing, compose.now());
      const prefix = await takePrefix(compose, wish);
      const record = nextRun(
        compose,
        configuration,
        asked,
        request,
        prefix,
        standing,
        (stored?.value.revision ?? 0) + 1,
      );
      return joined(compose, asked, await keepFirst(compose, record, stored?.etag ?? null));
    },
  };
}

/** @throws Problem 409 where the run at work removes the spoke: it does not make what is asked for. */
function joined(compose: Composition, asked: Asked, record: SpokeRecord): Promise<HttpResponseInit> {
  if (record.status === "Removing") throw atWork(record);
  return accepted(compose, asked, record);
}

function nextRun(
  compose: Composition,
  configuration: PlatformConfiguration,
  { caller }: Asked,
  request: SpokeRequest,
  addressPrefix: string,
  before: SpokeRecord | null,
  revision: number,
): SpokeRecord {
  const run: SpokeRecord = {
    version: 1,
    name: request.name,
    request,
    requester: before?.requester ?? { objectId: caller.objectId, name: caller.name },
    status: "Accepted",
    revision,
    addressPrefix,
    tierSlots: assignTierSlots(
      before?.tierSlots ?? {},
      request.application.tiers.map((tier) => tier.name),
    ),
    resources: before?.resources ?? [],
    approved: before?.approved,
    findings: [],
    error: null,
    createdAt: before?.createdAt ?? compose.now(),
    startedAt: null,
    finishedAt: null,
  };
  return withApproval(run, before, askedRun(compose, configuration, caller));
}

/** Who asks for a run now, and whether somebody else has to approve it. */
export function askedRun(
  compose: Pick<Composition, "now">,
  { approval: { required } }: PlatformConfiguration,
  { objectId, name }: Caller,
): AskedRun {
  return { required, requestedBy: { objectId, name }, now: compose.now() };
}

/** 202 with where to look, after the run was set going (again, where a crash kept it from starting). */
export async function accepted(compose: Composition, asked: Asked, record: SpokeRecord): Promise<HttpResponseInit> {
  await setGoing(compose, asked, record);
  return json(202, await currentView(compose, record), { location: `/api/spokes/${record.name}` });
}

/**
 * Sets the run of a record that is at work going where it is not: on a prefix that the spoke certainly holds, unless
 * it is leaving.
 * @throws Problem 409 where another spoke holds the prefix.
 */
export async function setGoing(compose: Composition, { context }: Asked, record: SpokeRecord): Promise<void> {
  if (!isAtWork(record.status)) return;
  if (record.status !== "Removing") await holdPrefix(compose, record);
  await startRun(df.getClient(context), record);
}
