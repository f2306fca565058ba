import type { Route, RouteTable } from "@azure/arm-network";
import type { RouteBody } from "../domain/resource.ts";
import type { AzureClients } from "./clients.ts";
import { networkResourcePort } from "./network-resource.ts";
import { inOrderOfName, normalLocation } from "./normal-form.ts";
import type { ResourcePort } from "./ports.ts";
import { mergedTags, normalTags } from "./tags.ts";

type Type = "Microsoft.Network/routeTables";

/** Routes are authoritative: a write replaces them all. */
export function routeTablePort(clients: AzureClients): ResourcePort<Type> {
  return networkResourcePort<Type, RouteTable>(clients, (client) => client.routeTables, {
    type: "Microsoft.Network/routeTables",
    toBody: (native, { body }) => ({
      location: normalLocation(native.location),
      tags: normalTags(native.tags, body.tags),
      disableBgpRoutePropagation: native.disableBgpRoutePropagation ?? false,
      routes: inOrderOfName(body.routes, (native.routes ?? []).map(routeBody)),
    }),
    toNative: ({ body }, standing) => ({
      ...standing,
      location: body.location,
      tags: mergedTags(standing?.tags, body.tags),
      disableBgpRoutePropagation: body.disableBgpRoutePropagation,
      routes: body.routes.map((route) => ({
        name: route.name,
        addressPrefix: route.addressPrefix,
        nextHopType: route.nextHopType,
        nextHopIpAddress: route.nextHopIpAddress ?? undefined,
      })),
    }),
  });
}

function routeBody(native: Route): RouteBody {
  return {
    name: native.name ?? "",
    addressPrefix: native.addressPrefix ?? "",
    nextHopType: (native.nextHopType ?? "None") as RouteBody["nextHopType"],
    nextHopIpAddress: native.nextHopIpAddress || null,
  };
}
