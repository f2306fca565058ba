import { isIPv4 } from "node:net";
import type { ResourceType } from "../../resource-type.ts";
import type { World } from "../../world.ts";
import { addressToNumber, isAddressOrCanonicalPrefix, parseIpv4Range } from "../address-prefix.ts";
import { networkTypes } from "../back-references.ts";
import { stringsOf } from "../json-value.ts";
import { topLevelType } from "../network-type.ts";
import { badRequest, notModelled } from "../refusals.ts";
import { requireKnownMembers, storedBody } from "../stored-body.ts";

/** "Azure subscription and service limits": addresses or prefixes per IP group. */
const MAX_ADDRESSES = 5000;

/** Lists of addresses that rules of firewall policies name. A change is brought to every policy that uses the group. */
export const ipGroup: ResourceType = {
  ...topLevelType,
  type: networkTypes.ipGroup,
  deletionOrder: 70,
  put: {
    operationName: "PutIpGroupOperation",
    longRunning: "azure-async-operation",
    seconds: { create: 20, update: 20 },
    prepare: (context, body) => {
      requireKnownMembers(body.properties, "properties", {
        modelled: ["ipAddresses"],
        readOnly: ["firewalls", "firewallPolicies"],
      });
      const ipAddresses = stringsOf(body.properties.ipAddresses, "properties.ipAddresses");
      if (ipAddresses.length > MAX_ADDRESSES) {
        throw badRequest(
          "IpGroupsIpAddressesLimitReached",
          `IpGroups '${context.id.id}' has ${ipAddresses.length} IP addresses. The maximum allowed is ${MAX_ADDRESSES}.`,
        );
      }
      for (const address of ipAddresses) requireAddress(address, context.id.id);
      return storedBody(body, { ipAddresses });
    },
    conflictDomains: (context) => policiesUsing(context.world, context.id.id),
  },
  remove: {
    longRunning: "location",
    seconds: 20,
    check: (context, existing) => {
      if (policiesUsing(context.world, existing.id).length > 0) {
        throw badRequest(
          "IpGroupsHasResourceReferences",
          `IpGroups '${existing.id}' cannot be deleted since there are other Azure Resources using this resource.`,
        );
      }
    },
  },
  view: (document, resource, world) => {
    const firewallPolicies = policiesUsing(world, resource.id);
    const firewalls = firewallPolicies.flatMap((policy) => world.referencesTo(policy, networkTypes.azureFirewall));
    return {
      ...document,
      properties: {
        ...document.properties,
        firewalls: firewalls.map(({ id }) => ({ id })),
        firewallPolicies: firewallPolicies.map((id) => ({ id })),
      },
    };
  },
};

/** The firewall policies whose rule collection groups name an IP group. */
export function policiesUsing(world: World, ipGroupId: string): string[] {
  const groups = world.referencesTo(ipGroupId, networkTypes.ruleCollectionGroup);
  return [...new Set(groups.map(({ id }) => id.slice(0, id.toLowerCase().lastIndexOf("/rulecollectiongroups/"))))];
}

/** @throws ArmError `InvalidAddressPrefixFormat` or `InvalidCIDRNotation` (host bits set) */
function requireAddress(address: string, id: string): void {
  if (address.includes(":")) throw notModelled("IPv6 addresses in IP groups");
  const [first, last, ...rest] = address.split("-");
  if (last !== undefined) {
    const ok = rest.length === 0 && isIPv4(first ?? "") && isIPv4(last);
    if (ok && addressToNumber(first ?? "") <= addressToNumber(last)) return;
    throw badRequest("InvalidAddressPrefixFormat", `IP Prefix ${address} is invalid.`);
  }
  if (isAddressOrCanonicalPrefix(address)) return;
  const range = parseIpv4Range(address);
  if (!range) throw badRequest("InvalidAddressPrefixFormat", `IP Prefix ${address} is invalid.`);
  throw badRequest(
    "InvalidCIDRNotation",
    `The address prefix ${address} in resource ${id} has an invalid CIDR notation.`,
  );
}
