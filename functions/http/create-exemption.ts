import { randomUUID } from "node:crypto";
import { exemptionOf, exemptionView } from "../../shared/domain/exemption.ts";
import { parseExemptionRequest } from "../../shared/domain/exemption-request.ts";
import { resourceGroupId, resourceIdKey } from "../../shared/domain/resource-id.ts";
import { isSpokeName } from "../../shared/domain/spoke-name.ts";
import type { SpokeRecord } from "../../shared/domain/spoke-record.ts";
import { isWatched } from "../../shared/domain/watched-types.ts";
import { controlIds } from "../../shared/spoke/compliance/controls.ts";
import type { Composition } from "../composition.ts";
import { noteEndOfExemption } from "../end-of-exemption.ts";
import { violationsProblem } from "./problem.ts";
import { readJson } from "./read-json.ts";
import { json, type Route } from "./route.ts";

/**
 * `POST /api/exemptions`: lets a control of a spoke, or a part of a resource's state, be otherwise until a moment. From
 * then on it is drift again.
 */
export function createExemption(compose: Composition): Route {
  return {
    name: "createExemption",
    method: "POST",
    path: "exemptions",
    roles: ["Operate"],
    handle: async ({ request, caller }) => {
      const body = await readJson(request);
      const { enforcement } = await compose.configuration();
      const now = compose.now();
      const record = await spokeOf(compose, body);
      const holds = record === null ? null : holdsResource(record);
      const bounds = { now, longest: enforcement.longestExemption, controls: controlIds, holds };
      const parsed = parseExemptionRequest(body, bounds);
      if (!parsed.ok) throw violationsProblem(parsed.violations);
      const { objectId, name } = caller;
      const exemption = exemptionOf(parsed.value, `exemption-${randomUUID()}`, { objectId, name }, now);
      await (await compose.amendments()).add(exemption);
      if (exemption.resourceId !== null && isWatched(exemption.resourceId))
        await noteEndOfExemption(compose, exemption);
      return json(201, exemptionView(exemption, now), { location: `/api/exemptions/${exemption.id}` });
    },
  };
}

/** The record of the spoke that the body names; null where there is none, or where it was removed. */
async function spokeOf(compose: Composition, body: unknown): Promise<SpokeRecord | null> {
  const name = typeof body === "object" && body !== null && "spoke" in body ? body.spoke : undefined;
  const record = isSpokeName(name) ? ((await (await compose.spokes()).readRecord(name))?.value ?? null) : null;
  return record?.status === "Removed" ? null : record;
}

/** What the last run desired or joined, and whatever lies in the spoke's own resource group. */
function holdsResource({ name, request, resources }: SpokeRecord): (resourceId: string) => boolean {
  const group = resourceIdKey(resourceGroupId(request.subscriptionId, `rg-${name}`));
  const own = new Set(resources.map(({ id }) => resourceIdKey(id)));
  return (id) => {
    const key = resourceIdKey(id);
    return own.has(key) || key === group || key.startsWith(`${group}/`);
  };
}
