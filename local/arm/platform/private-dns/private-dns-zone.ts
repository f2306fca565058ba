import { z } from "zod";
import type { Resource, ResourceDocument } from "../../resource.ts";
import type { ResourceType } from "../../resource-type.ts";
import type { World } from "../../world.ts";
import { envelope } from "../envelope.ts";
import { cannotDeleteResource } from "../platform-errors.ts";
import { parseShape } from "../shape.ts";
import { linksOf } from "./virtual-network-link.ts";

const label = "[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";

/** A private DNS zone, without record sets of its own. */
export const privateDnsZone: ResourceType = {
  type: "Microsoft.Network/privateDnsZones",
  scope: "resourceGroup",
  apiVersions: ["2020-06-01", "2024-06-01"],
  location: "global",
  tags: true,
  etag: true,
  namePattern: new RegExp(`^${label}(?:\\.${label}){1,33}$`),
  list: { by: ["resourceGroup", "subscription"] },
  put: {
    operationName: "PutPrivateDnsZoneOperation",
    longRunning: "azure-async-operation",
    seconds: { create: 10, update: 5 },
    status: { create: 202, update: 202 },
    prepare: (_context, body) => {
      parseShape("PrivateDnsZoneProperties", body.properties, z.strictObject({}), { readOnly: computed });
      return { ...envelope("private DNS zones", body), properties: {} };
    },
  },
  patch: "tags",
  remove: {
    longRunning: "location",
    seconds: 10,
    uncheckedWithGroup: true,
    check: ({ world }, zone) => {
      const links = linksOf(world, zone.id);
      if (links.length === 0) return;
      throw cannotDeleteResource(links.map(({ id }) => id.slice(id.indexOf("/providers/") + "/providers/".length)));
    },
  },
  view,
};

const computed = [
  "maxNumberOfRecordSets",
  "maxNumberOfVirtualNetworkLinks",
  "maxNumberOfVirtualNetworkLinksWithRegistration",
  "numberOfRecordSets",
  "numberOfVirtualNetworkLinks",
  "numberOfVirtualNetworkLinksWithRegistration",
  "provisioningState",
];

/** The limits are those of the public Azure DNS limits page; the one record set is the zone's SOA. */
function view(document: ResourceDocument, zone: Resource, world: World): ResourceDocument {
  const links = linksOf(world, zone.id);
  return {
    ...document,
    properties: {
      ...document.properties,
      maxNumberOfRecordSets: 25_000,
      numberOfRecordSets: 1,
      maxNumberOfVirtualNetworkLinks: 1_000,
      numberOfVirtualNetworkLinks: links.length,
      maxNumberOfVirtualNetworkLinksWithRegistration: 100,
      numberOfVirtualNetworkLinksWithRegistration: links.filter(({ body }) => body.properties.registrationEnabled)
        .length,
    },
  };
}
