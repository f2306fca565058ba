import { z } from "zod";
import { isJsonObject } from "../../json.ts";
import type { Resource, ResourceBody } from "../../resource.ts";
import { sameId } from "../../resource-id.ts";
import type { ResourceType } from "../../resource-type.ts";
import type { World, WriteContext } from "../../world.ts";
import { envelope } from "../envelope.ts";
import { badRequest, conflict } from "../platform-errors.ts";
import { parseShape, word } from "../shape.ts";

const type = "Microsoft.Network/privateDnsZones/virtualNetworkLinks";

const schema = z.strictObject({
  virtualNetwork: z.strictObject({ id: z.string() }),
  registrationEnabled: z.boolean().default(false),
  resolutionPolicy: word(["Default", "NxDomainRedirect"]).optional(),
});

/** Lets the machines of a virtual network resolve the names of a private DNS zone. */
export const privateDnsVirtualNetworkLink: ResourceType = {
  type,
  scope: "resourceGroup",
  apiVersions: ["2020-06-01", "2024-06-01"],
  location: "global",
  tags: true,
  etag: true,
  list: { by: ["parent"] },
  put: {
    operationName: "PutVirtualNetworkLinkOperation",
    longRunning: "azure-async-operation",
    seconds: { create: 20, update: 10 },
    status: { create: 202, update: 202 },
    prepare,
  },
  patch: "tags",
  remove: { longRunning: "location", seconds: 20 },
  view: (document) => ({ ...document, properties: { ...document.properties, virtualNetworkLinkState: "Completed" } }),
};

/** The links of a zone. */
export function linksOf(world: World, zoneId: string): readonly Resource[] {
  return world.list(type, zoneId);
}

function prepare(context: WriteContext, body: ResourceBody): ResourceBody {
  const given = parseShape("VirtualNetworkLinkProperties", body.properties, schema, {
    readOnly: ["provisioningState", "virtualNetworkLinkState"],
    refuse: (path, message) => badRequest(`Property ${path} of the virtual network link is invalid. ${message}`),
  });
  const network = context.reference(given.virtualNetwork.id, { type: "Microsoft.Network/virtualNetworks" });
  const before = context.existing;
  if (before !== undefined && !sameId(networkOf(before), network.id)) {
    throw conflict("The virtual network of an existing virtual network link cannot be changed.");
  }
  const zone = zoneOf(context.id.id);
  for (const other of context.world.list(type)) {
    if (sameId(other.id, context.id.id) || !sameId(networkOf(other), network.id)) continue;
    if (zone.name === zoneOf(other.id).name) {
      throw badRequest(
        `A virtual network cannot be linked to multiple zones with overlapping namespaces. You tried to link virtual network with '${zone.name}' and '${zone.name}' zones.`,
      );
    }
    if (given.registrationEnabled && other.body.properties.registrationEnabled === true) {
      throw badRequest("A virtual network can be linked to only one private DNS zone with registration enabled.");
    }
  }
  return { ...envelope("virtual network links", body), properties: { ...given } };
}

function networkOf(link: Resource): string {
  const { virtualNetwork } = link.body.properties;
  return isJsonObject(virtualNetwork) ? String(virtualNetwork.id) : "";
}

function zoneOf(linkId: string): { name: string } {
  return { name: (linkId.split("/").at(-3) ?? "").toLowerCase() };
}
