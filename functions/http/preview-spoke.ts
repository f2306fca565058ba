import type { SpokeRecord } from "../../shared/domain/spoke-record.ts";
import type { SpokeRequest } from "../../shared/domain/spoke-request.ts";
import { makePlan } from "../../shared/reconcile/make-plan.ts";
import { assignTierSlots } from "../../shared/spoke/address-plan.ts";
import { amendmentsOf } from "../amendments-of.ts";
import type { Composition } from "../composition.ts";
import { leasedPrefix, leaseWish } from "./address-space.ts";
import type { Caller } from "./caller.ts";
import { inTime } from "./in-time.ts";
import { nameTaken } from "./keep-first.ts";
import { checkUnchangeable, mayChange } from "./ownership.ts";
import { parseBody, standingSpoke } from "./parse-body.ts";
import { readJson } from "./read-json.ts";
import { checkBinding, checkSecurityGroup } from "./requester-checks.ts";
import { json, type Route } from "./route.ts";

/** `POST /api/spokes/plan`: what a request would change; nothing is written and no address leased. */
export function previewSpoke(compose: Composition): Route {
  return {
    name: "previewSpoke",
    method: "POST",
    path: "spokes/plan",
    roles: ["Request"],
    handle: async (asked) => {
      const configuration = await compose.configuration();
      const body = await readJson(asked.request);
      const stored = await standingSpoke(compose, body);
      // As for a request: a spoke that was removed leaves its name to whoever comes next.
      const record = stored === null || stored.value.status === "Removed" ? null : stored.value;
      const request = parseBody(body, configuration, record);
      if (record !== null) checkChange(asked.caller, record, request);
      if (record === null || !asked.caller.roles.has("Operate")) checkBinding(configuration, asked.caller, request);
      await checkSecurityGroup(compose, request);
      const wish = leaseWish(configuration, request, record, compose.now());
      const prefix = leasedPrefix(await (await compose.leases()).preview(wish));
      const tiers = request.application.tiers.map((tier) => tier.name);
      const spoke = {
        request,
        addressPrefix: prefix,
        tierSlots: assignTierSlots(record?.tierSlots ?? {}, tiers),
        resources: record?.resources ?? [],
      };
      const amendments = await amendmentsOf(compose, request.name);
      const made = makePlan(await compose.azureForCallers(), configuration, spoke, amendments, compose.now());
      const { plan, state } = await inTime(made);
      const { rules, names } = state.design;
      const inGroup = (networkSecurityGroup: string) => (rule: object) => ({ networkSecurityGroup, ...rule });
      return json(200, {
        addressPrefix: prefix,
        changes: plan.changes,
        rules: [
          ...rules.gateway.map(inGroup(names.gatewayNetworkSecurityGroup)),
          ...[...rules.tiers].flatMap(([tier, list]) => list.map(inGroup(names.networkSecurityGroup(tier)))),
        ],
        proof: plan.proof,
        findings: plan.findings,
        criticalPath: plan.criticalPath,
      });
    },
  };
}

/** A request under the name of a spoke that stands is a change of it, and previewed only where it could be asked for. */
function checkChange(caller: Caller, record: SpokeRecord, request: SpokeRequest): void {
  if (!mayChange(caller, record)) throw nameTaken(record.name);
  checkUnchangeable(record, request);
}
