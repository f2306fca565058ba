import type { ResourceType } from "../../resource-type.ts";
import { childType } from "../network-type.ts";
import { storedBody } from "../stored-body.ts";
import { readRoute } from "./read-route.ts";

/** User-defined routes, written with their table or by their own URL. */
export const route: ResourceType = {
  ...childType,
  type: "Microsoft.Network/routeTables/routes",
  inline: { property: "routes", whenAbsent: "remove" },
  put: {
    operationName: "PutRouteOperation",
    longRunning: "azure-async-operation",
    seconds: { create: 2, update: 2 },
    prepare: (context, body) => storedBody(body, readRoute(body.properties, context.id.id)),
  },
  remove: { longRunning: "location", seconds: 2 },
};
