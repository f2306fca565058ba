import { z } from "zod";
import { invalidResourceType } from "../../../errors/request-errors.ts";
import type { NamedRule } from "../../../network/security-groups/rule-set.ts";
import type { Resource } from "../../../resource.ts";
import type { ResourceType } from "../../../resource-type.ts";
import type { ActionContext, CompletionContext, World } from "../../../world.ts";
import { badRequest } from "../../platform-errors.ts";
import { parseShape, word } from "../../shape.ts";
import { inboundRules } from "../inbound-rules.ts";
import { machineInterfaces } from "../machine-network.ts";

export const hardeningType = "Microsoft.Security/adaptiveNetworkHardenings";
const apiVersions = ["2020-01-01"];

/** A recommended rule: who may go on talking to a port; nobody where it names no addresses. */
export const hardeningRule = z.strictObject({
  name: z.string().regex(/^\w(?:[\w.-]{0,78}\w)?$/),
  direction: word(["Inbound", "Outbound"]),
  destinationPort: z.int().min(0).max(65_535),
  protocols: z.array(word(["TCP", "UDP"])).default([]),
  ipAddresses: z.array(z.string()).default([]),
});

type HardeningRule = z.infer<typeof hardeningRule>;

const enforceShape = z.strictObject({
  rules: z.array(hardeningRule).min(1),
  networkSecurityGroups: z.array(z.string()).min(1),
});

/**
 * Defender's adaptive network hardening. Azure retired it on 31 August 2024: Resource Manager knows no such type any
 * more. Where the control plane lets it answer, it recommends what it was told and writes what is enforced.
 */
export const adaptiveNetworkHardening: ResourceType = {
  type: hardeningType,
  scope: "extension",
  apiVersions,
  names: ["default"],
  provisioningState: false,
  find: ({ world }) => {
    refuseRetired(world);
    return undefined;
  },
  list: {
    by: ["scope"],
    select: ({ scope, world }) => {
      refuseRetired(world);
      return world.list(hardeningType, scope.id);
    },
  },
  actions: {
    enforce: { longRunning: "location", seconds: 10, invoke: checked, completed: enforce },
  },
  view: (document, resource, world) => ({
    ...document,
    properties: { ...document.properties, effectiveNetworkSecurityGroups: effectiveGroups(world, resource) },
  }),
};

function refuseRetired(world: World): void {
  if (world.offers("adaptiveNetworkHardening")) return;
  throw invalidResourceType("Microsoft.Security", "adaptiveNetworkHardenings", apiVersions[0] ?? "");
}

function effectiveGroups(world: World, { id }: Resource) {
  const machine = world.get(id.split("/providers/").slice(0, -1).join("/providers/"));
  const interfaces = machine === undefined ? [] : machineInterfaces(world, machine);
  return interfaces.map(({ resource, securityGroups }) => ({
    networkInterface: resource.id,
    networkSecurityGroups: securityGroups.map((group) => group.id),
  }));
}

function checked({ world }: ActionContext, body: unknown) {
  for (const id of requestOf(body).networkSecurityGroups) {
    if (world.get(id) === undefined) throw badRequest(`The network security group ${id} does not stand.`);
  }
  return { status: 200 };
}

function enforce(context: CompletionContext, body: unknown): void {
  const { rules, networkSecurityGroups } = requestOf(body);
  for (const groupId of networkSecurityGroups) {
    for (const rule of rules) enforceRule(context, groupId, rule);
  }
}

/** One rule by name in each group: written anew where it stands, else at the first free priority from 100 on. */
function enforceRule(context: CompletionContext, groupId: string, rule: HardeningRule): void {
  const group = context.world.get(groupId);
  if (group === undefined) return;
  const own = group.body.properties.securityRules as readonly NamedRule[] | undefined;
  const standing = own?.find(({ name }) => name.toLowerCase() === rule.name.toLowerCase());
  const taken = new Set(
    [...(own ?? []), ...inboundRules(group)]
      .filter(({ properties }) => properties.direction === rule.direction)
      .map(({ properties }) => Number(properties.priority)),
  );
  let priority = Number(standing?.properties.priority ?? 100);
  while (standing === undefined && taken.has(priority)) priority += 1;
  const [protocol, second] = rule.protocols;
  context.writeAsService(`${group.id}/securityRules/${rule.name}`, {
    properties: {
      description: "Enforced by adaptive network hardening.",
      protocol: protocol === undefined || second !== undefined ? "*" : protocol === "TCP" ? "Tcp" : "Udp",
      sourcePortRange: "*",
      sourcePortRanges: [],
      destinationPortRange: String(rule.destinationPort),
      destinationPortRanges: [],
      ...addressesOf(rule),
      access: rule.ipAddresses.length > 0 ? "Allow" : "Deny",
      priority,
      direction: rule.direction,
    },
  });
}

/** The other side's addresses: the sources of inbound traffic, the destinations of outbound. */
function addressesOf({ direction, ipAddresses }: HardeningRule) {
  const [other, own] = direction === "Inbound" ? ["source", "destination"] : ["destination", "source"];
  return {
    ...(ipAddresses.length > 0 ? {} : { [`${other}AddressPrefix`]: "*" }),
    [`${other}AddressPrefixes`]: ipAddresses,
    [`${own}AddressPrefix`]: "*",
    [`${own}AddressPrefixes`]: [],
  };
}

function requestOf(body: unknown): z.infer<typeof enforceShape> {
  return parseShape("AdaptiveNetworkHardeningEnforceRequest", body ?? {}, enforceShape, {
    refuse: (path, message) => badRequest(`The property ${path} is invalid. ${message}`),
  });
}
