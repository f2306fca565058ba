import { randomUUID } from "node:crypto";
import { refuseLocked } from "../authorization/management-lock.ts";
import type { Engine } from "../engine/engine.ts";
import { resourceGroupBeingDeleted } from "../errors/conflict-errors.ts";
import { resourceGroupNotFound } from "../errors/not-found-errors.ts";
import { beginOperation } from "../operations/begin-operation.ts";
import { operationHeaders } from "../operations/operation-uri.ts";
import { tellSynchronous } from "../operations/tell-synchronous.ts";
import { refuseDisallowed } from "../policy/refuse-disallowed.ts";
import type { Answer, ArmRequest } from "../requests/arm-request.ts";
import { jsonObjectBody } from "../requests/request-body.ts";
import type { Route, RouteCall } from "../requests/route.ts";
import type { Resource, ResourceBody } from "../resource.ts";
import { resourceManagerApiVersions as apiVersions } from "../resource-manager-api-versions.ts";
import { checkedBody, checkedTags, checkName } from "../verbs/body-checks.ts";
import { page } from "../verbs/page.ts";
import { tagFilter } from "./list-filter.ts";
import { resourceGroup } from "./resource-group.ts";

const action = "Microsoft.Resources/subscriptions/resourceGroups";
const one = "/subscriptions/{subscriptionId}/resourcegroups/{resourceGroup}";
const common = { type: "resourceGroups", apiVersions } as const;

/** Resource groups: synchronous PUT and PATCH, long-running DELETE. */
export const resourceGroupRoutes: readonly Route[] = [
  { ...common, method: "GET", path: "/subscriptions/{subscriptionId}/resourcegroups", action: undefined, handle: list },
  {
    ...common,
    method: "GET",
    path: one,
    action: `${action}/read`,
    handle: (engine, call) => ({ status: 200, body: shown(demand(engine, call)) }),
  },
  {
    ...common,
    method: "HEAD",
    path: one,
    action: `${action}/read`,
    handle: (engine, { scope }) => ({ status: engine.resources.stored(scope.id) === undefined ? 404 : 204 }),
  },
  { ...common, method: "PUT", path: one, action: `${action}/write`, handle: put },
  { ...common, method: "PATCH", path: one, action: `${action}/write`, handle: patch },
  { ...common, method: "DELETE", path: one, action: `${action}/delete`, handle: remove },
];

/**
 * The group of the path, standing.
 * @throws ArmError 404 ResourceGroupNotFound
 */
function demand(engine: Engine, { scope }: RouteCall): Resource {
  const group = engine.resources.stored(scope.id);
  if (group === undefined) throw resourceGroupNotFound(scope.name);
  return group;
}

function list(engine: Engine, { request, scope }: RouteCall): Answer {
  const matches = tagFilter(request.query.get("$filter"));
  const groups = engine.resources
    .list(resourceGroup.type, scope.id)
    .filter(({ id }) => engine.access.grants(request.caller.principalId, id, `${action}/read`).length > 0)
    .filter(({ body }) => matches(body))
    .sort((a, b) => (a.id.toLowerCase() < b.id.toLowerCase() ? -1 : 1));
  const top = Number(request.query.get("$top") ?? 1000);
  return page(engine.baseUrl, request, groups, ({ id }) => id.toLowerCase(), shown, top);
}

function put(engine: Engine, { request, scope }: RouteCall): Answer {
  checkName(resourceGroup, scope.name);
  const existing = engine.resources.stored(scope.id);
  if (existing?.provisioningState === "Deleting") throw resourceGroupBeingDeleted(existing.name);
  refuseLocked(engine, scope.id, "PUT", resourceGroup.type);
  const given = jsonObjectBody(request.text);
  refuseDisallowed(engine, scope, given);
  const { location, tags } = checkedBody(resourceGroup, given, existing);
  const body: ResourceBody = {
    ...(location === undefined ? {} : { location }),
    ...(tags === undefined ? {} : { tags }),
    properties: {},
  };
  store(engine, existing?.id ?? scope.id, existing?.name ?? scope.name, body);
  tellWritten(engine, request, existing?.id ?? scope.id, existing !== undefined);
  return { status: existing === undefined ? 201 : 200, body: shown(demand(engine, { scope } as RouteCall)) };
}

function patch(engine: Engine, call: RouteCall): Answer {
  const existing = demand(engine, call);
  if (existing.provisioningState === "Deleting") throw resourceGroupBeingDeleted(existing.name);
  refuseLocked(engine, existing.id, "PATCH", resourceGroup.type);
  const tags = checkedTags(resourceGroup, jsonObjectBody(call.request.text).tags);
  store(engine, existing.id, existing.name, tags === undefined ? existing.body : { ...existing.body, tags });
  tellWritten(engine, call.request, existing.id, true);
  return { status: 200, body: shown(demand(engine, call)) };
}

function tellWritten(engine: Engine, request: ArmRequest, resourceId: string, known: boolean): void {
  tellSynchronous(engine, request, { kind: "Write", resourceId, action: `${action}/write`, known });
}

function remove(engine: Engine, call: RouteCall): Answer {
  const { request, apiVersion, scope } = call;
  const existing = demand(engine, call);
  if (existing.provisioningState === "Deleting") throw resourceGroupBeingDeleted(existing.name);
  refuseLocked(engine, existing.id, "DELETE", resourceGroup.type);
  const operation = engine.database.transaction(() => {
    const stored = engine.resources.stored(existing.id);
    if (stored !== undefined) engine.resources.put({ ...stored, provisioningState: "Deleting" });
    return beginOperation(engine, request, {
      kind: "removeGroup",
      name: "DeleteResourceGroup",
      id: { ...scope, id: existing.id },
      location: existing.body.location ?? "global",
      apiVersion,
      longRunning: "location",
      seconds: 15,
      domains: [existing.id],
      touched: [{ id: existing.id, change: "remove" }],
      supersedes: [],
    });
  });
  engine.clock.tick();
  return { status: 202, headers: operationHeaders(engine, operation) };
}

function store(engine: Engine, id: string, name: string, body: ResourceBody): void {
  engine.resources.put({
    id,
    name,
    type: resourceGroup.type,
    body,
    provisioningState: "Succeeded",
    etag: `W/"${randomUUID()}"`,
    lastOperation: "PutResourceGroup",
    children: {},
    createdAt: engine.resources.stored(id)?.createdAt ?? new Date().toISOString(),
  });
}

function shown({ id, name, body, provisioningState }: Resource): Record<string, unknown> {
  return {
    id,
    name,
    type: "Microsoft.Resources/resourceGroups",
    location: body.location,
    ...(body.tags === undefined ? {} : { tags: body.tags }),
    properties: { provisioningState },
  };
}
