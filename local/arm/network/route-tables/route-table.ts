import type { ResourceType } from "../../resource-type.ts";
import { backReferences, networkTypes } from "../back-references.ts";
import { defined, flagOf, wordOf } from "../json-value.ts";
import { topLevelType } from "../network-type.ts";
import { badRequest } from "../refusals.ts";
import { requireKnownMembers, resourceGuidOf, storedBody } from "../stored-body.ts";

/** "Azure subscription and service limits": user-defined routes per route table. */
const MAX_ROUTES = 400;

export const routeTable: ResourceType = {
  ...topLevelType,
  type: networkTypes.routeTable,
  deletionOrder: 60,
  put: {
    operationName: "PutRouteTableOperation",
    longRunning: "azure-async-operation",
    seconds: { create: 4, update: 4 },
    prepare: (context, body) => {
      requireKnownMembers(body.properties, "properties", {
        modelled: ["routes", "disableBgpRoutePropagation", "disablePeeringRoute"],
        readOnly: ["subnets"],
      });
      const given = body.properties;
      return storedBody(body, {
        resourceGuid: resourceGuidOf(context.existing),
        disableBgpRoutePropagation: flagOf(
          given.disableBgpRoutePropagation,
          "properties.disableBgpRoutePropagation",
          false,
        ),
        disablePeeringRoute: wordOf(
          given.disablePeeringRoute,
          "properties.disablePeeringRoute",
          ["None", "All"],
          "None",
        ),
      });
    },
    checkWhole: (context, merged) => {
      requireConsistentRoutes(context.id.id, (merged.properties.routes ?? []) as NamedRoute[]);
    },
  },
  remove: {
    longRunning: "location",
    seconds: 4,
    check: (context, existing) => {
      if (context.world.referencesTo(existing.id, networkTypes.subnet).length > 0) {
        throw badRequest(
          "InUseRouteTableCannotBeDeleted",
          `Route table ${existing.name} is in use and cannot be deleted.`,
        );
      }
    },
  },
  view: (document, resource, world) => ({
    ...document,
    properties: defined({ ...document.properties, subnets: backReferences(world, resource.id, networkTypes.subnet) }),
  }),
};

type NamedRoute = { readonly name: string; readonly properties: { readonly addressPrefix: string } };

/** @throws ArmError `RouteConflict` (two routes for one prefix), a name used twice, or more routes than Azure takes */
function requireConsistentRoutes(tableId: string, routes: readonly NamedRoute[]): void {
  if (routes.length > MAX_ROUTES) {
    throw badRequest(
      "RouteTableRouteCountLimitReached",
      `Cannot create more than ${MAX_ROUTES} routes for route table ${tableId}.`,
    );
  }
  const byPrefix = new Map<string, string>();
  const names = new Set<string>();
  for (const { name, properties } of routes) {
    const other = byPrefix.get(properties.addressPrefix.toLowerCase());
    if (other !== undefined) {
      throw badRequest(
        "RouteConflict",
        `Route: ${name} conflicts with Route: ${other}. Routes cannot have the same AddressPrefix.`,
      );
    }
    byPrefix.set(properties.addressPrefix.toLowerCase(), name);
    if (names.has(name.toLowerCase())) {
      throw badRequest(
        "DuplicateResourceName",
        `Resource ${tableId} has two child resources with the same name (${name}).`,
      );
    }
    names.add(name.toLowerCase());
  }
}
