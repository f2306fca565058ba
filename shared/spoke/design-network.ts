import { anyPrefixContains } from "../domain/address-prefix.ts";
import { RefusedError } from "../domain/errors.ts";
import type { Hub } from "../domain/platform-configuration.ts";
import type { RuleContext } from "../rules/rule-context.ts";
import { type AddressPlan, planAddresses } from "./address-plan.ts";
import type { DesiredStateInput } from "./desired-state-input.ts";
import type { SpokeNames } from "./spoke-names.ts";

/** All private address space (RFC 1918): whatever is in it is not the Internet. */
const privateSpace = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/** What follows from a request for its network alone, whatever stands around it. */
export interface NetworkDesign {
  /** The hub that the spoke is peered with, or null for a standalone spoke. */
  readonly hub: Hub | null;
  readonly addresses: AddressPlan;
  /** Name servers of the network; a standalone spoke cannot reach the platform's and uses Azure's. */
  readonly dnsServers: readonly string[];
  /** What the rules depend on, and what they mean. */
  readonly ruleContext: RuleContext;
}

/**
 * Hub, addresses, and what the rules depend on.
 * @throws RefusedError `HubMissing`, `UnknownTier`.
 */
export function designNetwork(input: Omit<DesiredStateInput, "facts">, names: SpokeNames): NetworkDesign {
  const { request, configuration } = input;
  const hub = hubOf(input);
  const addresses = planAddresses(input.addressPrefix, input.tierSlots);
  const dnsServers = hub === null ? [] : configuration.dnsServers;
  const ruleContext: RuleContext = {
    tiers: request.application.tiers.map((tier) => ({
      name: tier.name,
      port: tier.port,
      replicates: tier.replicates,
      addressPrefix: addresses.tier(tier.name).addressPrefix,
      applicationSecurityGroupId: names.applicationSecurityGroup(tier.name),
      loadBalancerAddress: tier.loadBalanced ? addresses.tier(tier.name).loadBalancerAddress : null,
    })),
    spokePrefix: addresses.spokePrefix,
    gateway: { addressPrefix: addresses.gatewayPrefix, publishes: request.application.hostName !== null },
    flows: request.application.flows,
    managementAccess: request.managementAccess,
    outboundAccess: request.outboundAccess,
    dnsServers,
    vmManagement: configuration.vmManagement,
    outbound: request.outbound,
    behindFirewall: hub?.firewall != null,
    internalPrefixes: internalPrefixes(input),
  };
  return { hub, addresses, dnsServers, ruleContext };
}

function hubOf({ request, configuration }: Pick<DesiredStateInput, "request" | "configuration">): Hub | null {
  if (request.topology === "standalone") return null;
  const hub = configuration.hubs.find((candidate) => candidate.location === request.location) ?? null;
  if (request.topology === "hub-spoke" && hub === null) throw hubMissing(request.location);
  return hub;
}

/** Private space, and what the platform calls internal or hub beyond it. */
function internalPrefixes({ configuration }: Pick<DesiredStateInput, "configuration">): string[] {
  const named = [...configuration.hubs.flatMap((hub) => hub.addressPrefixes), ...configuration.internalPrefixes];
  return [...privateSpace, ...named.filter((prefix) => !anyPrefixContains(privateSpace, prefix))];
}

function hubMissing(location: string): RefusedError {
  return new RefusedError({
    code: "HubMissing",
    message: `The platform has no hub in ${location}.`,
    resourceId: null,
    remedy: "Ask for topology standalone, or add a hub of that location to the platform configuration.",
  });
}
