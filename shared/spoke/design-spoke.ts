import { anyPrefixContains } from "../domain/address-prefix.ts";
import { RefusedError } from "../domain/errors.ts";
import type { SpokeFacts } from "../domain/platform-facts.ts";
import { spokeTag } from "../domain/spoke-tag.ts";
import { compileSecurityRules } from "../rules/compile.ts";
import type { RuleContext } from "../rules/rule-context.ts";
import { type AddressPlan, planAddresses } from "./address-plan.ts";
import { checkFlowLogStorage } from "./check-flow-log-storage.ts";
import type { DesiredStateInput } from "./desired-state-input.ts";
import type { SpokeDesign } from "./spoke-design.ts";
import { spokeNames } from "./spoke-names.ts";

/** All private address space (RFC 1918): whatever is in it is not the Internet. */
const privateSpace = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/**
 * What follows from a request before any step: hub, names, addresses, rules.
 * @throws RefusedError `HubMissing`, `FlowLogStorageMissing`, `FlowLogStorageElsewhere`, `FlowLogStorageNotStandard`,
 * `TooManySecurityRules`.
 */
export function designSpoke(input: DesiredStateInput): SpokeDesign {
  const { request, configuration, facts } = input;
  const hub =
    request.topology === "standalone"
      ? null
      : (configuration.hubs.find((candidate) => candidate.location === request.location) ?? null);
  if (request.topology === "hub-spoke" && hub === null) throw hubMissing(request.location);
  checkFlowLogStorage(request.location, configuration.flowLogs.storageAccountIds[request.location], facts);
  const names = spokeNames(request, configuration, facts.networkWatcherId);
  const addresses = planAddresses(input.addressPrefix, input.tierSlots);
  const formerTiers = Object.keys(input.tierSlots).filter(
    (name) => !request.application.tiers.some((tier) => tier.name === name),
  );
  const dnsServers = hub === null ? [] : configuration.dnsServers;
  const context: RuleContext = {
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
    outbound: request.outbound,
    behindFirewall: hub?.firewall != null,
    internalPrefixes: internalPrefixes(input),
  };
  return {
    request,
    configuration,
    hub,
    names,
    addresses,
    ruleContext: context,
    rules: compileSecurityRules(context),
    facts,
    formerTiers,
    retiredSubnets: retiredSubnets(formerTiers, addresses, facts),
    dnsServers,
    tags: { ...request.tags, [spokeTag]: request.name },
  };
}

/** Private space, and what the platform calls internal or hub beyond it. */
function internalPrefixes({ configuration }: DesiredStateInput): string[] {
  const named = [...configuration.hubs.flatMap((hub) => hub.addressPrefixes), ...configuration.internalPrefixes];
  return [...privateSpace, ...named.filter((prefix) => !anyPrefixContains(privateSpace, prefix))];
}

/** A subnet of a former tier's name with another prefix was made by others, who use the name again. */
function retiredSubnets(formerTiers: readonly string[], addresses: AddressPlan, facts: SpokeFacts): string[] {
  return formerTiers
    .map((tier) => ({ name: `snet-${tier}`, prefix: addresses.tier(tier).addressPrefix }))
    .filter(({ name, prefix }) =>
      facts.subnets.some((subnet) => subnet.name === name && subnet.addressPrefix === prefix),
    )
    .map(({ name }) => name);
}

function hubMissing(location: string): RefusedError {
  return new RefusedError({
    code: "HubMissing",
    message: `The platform has no hub in ${location}.`,
    resourceId: null,
    remedy: "Ask for topology standalone, or add a hub of that location to the platform configuration.",
  });
}
