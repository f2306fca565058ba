import type { SpokeRequest } from "./spoke-request.ts";

/**
 * Whether two parsed requests ask for the same spoke. The order of the tiers is the order of the traffic and counts;
 * flows, accesses, the tiers that an access names and tags are sets, whose order does not.
 */
export function sameRequest(a: SpokeRequest, b: SpokeRequest): boolean {
  return canonicalRequest(a) === canonicalRequest(b);
}

function canonicalRequest(request: SpokeRequest): string {
  return canonicalText({
    ...request,
    application: { ...request.application, flows: asSet(request.application.flows) },
    managementAccess: asSet(request.managementAccess.map((access) => ({ ...access, to: asSet(access.to) }))),
    outboundAccess: asSet(request.outboundAccess.map((access) => ({ ...access, from: asSet(access.from) }))),
  });
}

function asSet(list: readonly unknown[]): readonly string[] {
  return list.map(canonicalText).sort();
}

/** JSON with the keys of every object in order. */
function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
