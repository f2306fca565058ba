import { makePlan } from "../../shared/reconcile/make-plan.ts";
import { assignTierSlots } from "../../shared/spoke/address-plan.ts";
import type { Composition } from "../composition.ts";
import { leasedPrefix, leaseWish } from "./address-space.ts";
import { parseBody } from "./parse-body.ts";
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
      const request = await parseBody(asked.request, configuration);
      checkBinding(configuration, asked.caller, request);
      const azure = await compose.azure();
      await checkSecurityGroup(azure.directory, request);
      const record = (await (await compose.spokes()).readRecord(request.name))?.value ?? null;
      const prefix = leasedPrefix(
        await (await compose.leases()).preview(leaseWish(configuration, request, compose.now())),
      );
      const tiers = request.application.tiers.map((tier) => tier.name);
      const { plan, state } = await makePlan(azure, configuration, {
        request,
        addressPrefix: prefix,
        tierSlots: assignTierSlots(record?.tierSlots ?? {}, tiers),
        resources: record?.resources ?? [],
      });
      const { rules, names } = state.design;
      const inGroup = (networkSecurityGroup: string) => (rule: object) => ({ networkSecurityGroup, ...rule });
      return json(200, {
        addressPrefix: prefix,
        changes: plan.changes,
        rules: [
          ...rules.gateway.map(inGroup(names.gatewayNetworkSecurityGroup)),
          ...[...rules.tiers].flatMap(([tier, list]) => list.map(inGroup(names.networkSecurityGroup(tier)))),
        ],
        // Said, not passed over: the engine that proves a plan is not part of this version.
        proof: { status: "NotProven", reason: "This version compiles the rules but does not prove them." },
        findings: plan.findings,
        criticalPath: plan.criticalPath,
      });
    },
  };
}
