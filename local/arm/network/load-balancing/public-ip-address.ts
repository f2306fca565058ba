import { createHash } from "node:crypto";
import type { JsonObject } from "../../json.ts";
import type { Resource } from "../../resource.ts";
import type { ResourceType } from "../../resource-type.ts";
import type { World, WriteContext } from "../../world.ts";
import { networkTypes } from "../back-references.ts";
import { defined, integerOf, objectOf, textOf, wordOf } from "../json-value.ts";
import { topLevelType } from "../network-type.ts";
import { badRequest, notModelled } from "../refusals.ts";
import { requireKnownMembers, resourceGuidOf, storedBody } from "../stored-body.ts";

const MEMBERS = {
  modelled: [
    "publicIPAllocationMethod",
    "publicIPAddressVersion",
    "idleTimeoutInMinutes",
    "dnsSettings",
    "ddosSettings",
  ],
  readOnly: ["ipAddress", "ipConfiguration", "natGateway", "servicePublicIPAddress"],
  unmodelled: ["ipTags", "publicIPPrefix", "linkedPublicIPAddress", "migrationPhase", "deleteOption"],
};

/** Standard static IPv4 addresses: Basic ones are retired, and a Standard one is always static. */
export const publicIPAddress: ResourceType = {
  ...topLevelType,
  type: networkTypes.publicIPAddress,
  deletionOrder: 65,
  put: {
    operationName: "PutPublicIpAddressOperation",
    longRunning: "azure-async-operation",
    seconds: { create: 4, update: 4 },
    prepare: (context, body) => {
      refuseOverQuota(context, body.location ?? "");
      const tier = objectOf(body.sku, "sku");
      const sku = {
        name: wordOf(tier.name, "sku.name", ["Standard", "StandardV2"], "Standard"),
        tier: wordOf(tier.tier, "sku.tier", ["Regional"], "Regional"),
      };
      return storedBody({ ...body, sku }, readPublicIPAddress(context, body.properties), ["sku", "zones"]);
    },
  },
  remove: {
    longRunning: "location",
    seconds: 4,
    check: (context, existing) => {
      const user = userOf(context.world, existing);
      if (!user) return;
      throw badRequest(
        "PublicIPAddressCannotBeDeleted",
        `Public IP address ${existing.id} can not be deleted since it is still allocated to resource ${user.id}. In order to delete the public IP, disassociate/detach the Public IP address from the resource.  To learn how to do this, see aka.ms/deletepublicip.`,
      );
    },
  },
  view: (document, resource, world) => {
    const user = userOf(world, resource);
    const member = user?.type === networkTypes.natGateway ? "natGateway" : "ipConfiguration";
    return {
      ...document,
      properties: user ? { ...document.properties, [member]: { id: user.id } } : document.properties,
    };
  },
};

/** What the address is attached to: a NAT gateway, or an IP configuration of another resource. */
export function userOf(world: World, address: Resource): { id: string; type: string } | undefined {
  const owner = world.referencesTo(address.id).find(({ type }) => type.startsWith("Microsoft.Network/"));
  if (!owner) return undefined;
  if (owner.type === networkTypes.natGateway) return owner;
  const lists = Object.entries(owner.body.properties).filter(([, value]) => Array.isArray(value));
  for (const [member, entries] of lists as [string, { name: string; properties?: JsonObject }[]][]) {
    const entry = entries.find((one) => JSON.stringify(one).toLowerCase().includes(`"${address.id.toLowerCase()}"`));
    if (entry) return { id: `${owner.id}/${member}/${entry.name}`, type: owner.type };
  }
  return owner;
}

/** Source: "Azure subscription and service limits, quotas, and constraints", section "Public IP address limits". */
function refuseOverQuota({ existing, id, world }: WriteContext, location: string): void {
  const limit = world.quota(id.subscriptionId ?? "", location, "PublicIPAddresses");
  const standing = world
    .list(networkTypes.publicIPAddress, `/subscriptions/${id.subscriptionId}`)
    .filter(({ body }) => body.location === location);
  if (existing !== undefined || standing.length < limit) return;
  throw badRequest(
    "PublicIPCountLimitReached",
    `Cannot create more than ${limit} public IP addresses for this subscription in this region.`,
  );
}

function readPublicIPAddress(context: WriteContext, given: JsonObject): JsonObject {
  requireKnownMembers(given, "properties", MEMBERS);
  const path = "properties.publicIPAllocationMethod";
  const method = wordOf(given.publicIPAllocationMethod, path, ["Static", "Dynamic"], "Dynamic");
  if (method === "Dynamic") {
    throw badRequest(
      "StandardAndGlobalSkuPublicIPAddressesMustBeStatic",
      `Standard sku publicIp ${context.id.id} must have AllocationMethod set to Static.`,
    );
  }
  const version = wordOf(given.publicIPAddressVersion, "properties.publicIPAddressVersion", ["IPv4", "IPv6"], "IPv4");
  if (version === "IPv6") throw notModelled("public IPv6 addresses");
  const protection = textOf(objectOf(given.ddosSettings, "properties.ddosSettings").protectionMode, "protectionMode");
  if (protection !== undefined && protection !== "VirtualNetworkInherited") throw notModelled("DDoS protection");
  const idle = integerOf(given.idleTimeoutInMinutes, "properties.idleTimeoutInMinutes", 4);
  if (idle < 4 || idle > 30) {
    throw badRequest(
      "PublicIpAddressInvalidIdleTimeout",
      `Idle timeout of ${context.id.id} must be between 4 and 30 minutes.`,
    );
  }
  return defined({
    resourceGuid: resourceGuidOf(context.existing),
    ipAddress: context.existing?.body.properties.ipAddress ?? addressFor(context.world, context.id.id),
    publicIPAddressVersion: version,
    publicIPAllocationMethod: method,
    idleTimeoutInMinutes: idle,
    dnsSettings: readDnsSettings(given),
    ipTags: [],
    ddosSettings: { protectionMode: "VirtualNetworkInherited" },
  });
}

function readDnsSettings(given: JsonObject): JsonObject | undefined {
  if (given.dnsSettings === undefined || given.dnsSettings === null) return undefined;
  const settings = objectOf(given.dnsSettings, "properties.dnsSettings");
  requireKnownMembers(settings, "properties.dnsSettings", {
    modelled: ["domainNameLabel"],
    readOnly: ["fqdn"],
    unmodelled: ["domainNameLabelScope", "reverseFqdn"],
  });
  return { domainNameLabel: textOf(settings.domainNameLabel, "properties.dnsSettings.domainNameLabel") };
}

/** An address of 198.18.0.0/16, which belongs to nobody (RFC 2544): the same one for the same resource. */
function addressFor(world: World, id: string): string {
  const taken = new Set(world.list(networkTypes.publicIPAddress).map((other) => other.body.properties.ipAddress));
  const digest = createHash("sha256").update(id.toLowerCase()).digest();
  const start = digest.readUInt16BE(0);
  for (let step = 0; step < 65_536; step += 1) {
    const value = (start + step) % 65_536;
    const address = `198.18.${Math.floor(value / 256)}.${value % 256}`;
    if (!taken.has(address)) return address;
  }
  throw badRequest(
    "PublicIPCountLimitReached",
    "Cannot create more public IP addresses for this subscription in this region.",
  );
}
