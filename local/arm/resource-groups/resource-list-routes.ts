import type { Engine } from "../engine/engine.ts";
import { resourceGroupNotFound } from "../errors/not-found-errors.ts";
import type { Answer } from "../requests/arm-request.ts";
import type { Route, RouteCall } from "../requests/route.ts";
import type { Resource } from "../resource.ts";
import { parseResourceId } from "../resource-id.ts";
import { resourceManagerApiVersions as apiVersions } from "../resource-manager-api-versions.ts";
import { page } from "../verbs/page.ts";
import { hasTag, readComparisons } from "./list-filter.ts";

const common = { method: "GET", type: "resources", apiVersions, action: undefined, handle: list } as const;

/**
 * The generic lists of everything in a subscription or resource group that has a location, and that the caller may read.
 * Azure RBAC lists an action for the group's ("Azure permissions for Management and governance").
 */
export const resourceListRoutes: readonly Route[] = [
  { ...common, path: "/subscriptions/{subscriptionId}/resources" },
  {
    ...common,
    path: "/subscriptions/{subscriptionId}/resourcegroups/{resourceGroup}/resources",
    action: "Microsoft.Resources/subscriptions/resourceGroups/resources/read",
  },
];

function list(engine: Engine, { request, scope }: RouteCall): Answer {
  if (scope.kind === "resourceGroup" && engine.resources.stored(scope.id) === undefined) {
    throw resourceGroupNotFound(scope.name);
  }
  const comparisons = readComparisons(request.query.get("$filter"));
  const { principalId } = request.caller;
  const found = engine.types
    .all()
    .filter((type) => type.scope === "resourceGroup" && type.location !== undefined && type.location !== "none")
    .flatMap((type) => engine.resources.list(type.type, scope.id))
    .filter((resource) => matches(resource, comparisons))
    .filter(({ id, type }) => engine.access.grants(principalId, id, `${type}/read`).length > 0)
    .sort((a, b) => (a.id.toLowerCase() < b.id.toLowerCase() ? -1 : 1));
  const top = Number(request.query.get("$top") ?? 1000);
  return page(engine.baseUrl, request, found, ({ id }) => id.toLowerCase(), shown, top);
}

function matches({ id, name, type, body }: Resource, comparisons: ReadonlyMap<string, string>): boolean {
  const actual: Readonly<Record<string, string | undefined>> = {
    resourcetype: type,
    name,
    location: body.location,
    resourcegroup: parseResourceId(id)?.resourceGroup,
  };
  for (const [key, wanted] of comparisons) {
    if (key in actual && actual[key]?.toLowerCase() !== wanted.toLowerCase()) return false;
  }
  return hasTag(body, comparisons.get("tagname"), comparisons.get("tagvalue"));
}

function shown({ id, name, type, body }: Resource): Record<string, unknown> {
  const { location, tags, sku, kind, identity, zones } = body;
  return { id, name, type, location, tags, sku, kind, identity, zones };
}
