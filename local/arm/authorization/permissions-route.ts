import type { Route } from "../requests/route.ts";

/** What the caller may do with a resource group, by all its roles ("Permissions - List For Resource Group"). */
export const permissionsRoute: Route = {
  method: "GET",
  path: "/subscriptions/{subscriptionId}/resourcegroups/{resourceGroup}/providers/Microsoft.Authorization/permissions",
  type: "permissions",
  apiVersions: ["2018-07-01", "2022-04-01"],
  action: "Microsoft.Authorization/permissions/read",
  handle: (engine, { request, scope }) => ({
    status: 200,
    body: { value: engine.access.permissionsAt(request.caller.principalId, scope.id) },
  }),
};
