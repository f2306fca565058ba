import { type JsonObject, objectsOf } from "../../../json.ts";
import { canonicalLocation } from "../../../locations.ts";
import type { Resource, ResourceDocument } from "../../../resource.ts";
import type { ResourceId } from "../../../resource-id.ts";
import type { World } from "../../../world.ts";
import { jitPolicyType } from "./policies-naming.ts";

/** A policy as Defender shows it: with its region, and requests whose time is over as revoked. */
export function policyDocument({ id, name, body }: Resource, world: World): ResourceDocument {
  const { virtualMachines, requests } = body.properties;
  return {
    id,
    name,
    type: jitPolicyType,
    kind: "Basic",
    location: locationOf(id),
    properties: { provisioningState: "Succeeded", virtualMachines, requests: shownRequests(requests, world.now) },
  };
}

/** The region in a policy's id, `…/locations/{location}/jitNetworkAccessPolicies/{name}`. */
export function locationOf(id: string): string {
  return canonicalLocation(id.split("/").at(-3) ?? "");
}

/** The policies of a region, `…/providers/Microsoft.Security/locations/{location}`, in a subscription or resource group. */
export function policiesIn(world: World, region: ResourceId): readonly Resource[] {
  const scope = region.id.split("/providers/")[0] ?? "/";
  const location = canonicalLocation(region.name);
  return world.list(jitPolicyType, scope).filter(({ id }) => locationOf(id) === location);
}

function shownRequests(requests: unknown, now: Date): readonly JsonObject[] {
  return objectsOf(requests).map((request) => ({
    ...request,
    virtualMachines: objectsOf(request.virtualMachines).map((machine) => ({
      ...machine,
      ports: objectsOf(machine.ports).map((port) =>
        Date.parse(String(port.endTimeUtc)) > now.getTime()
          ? port
          : { ...port, status: "Revoked", statusReason: "Expired" },
      ),
    })),
  }));
}
