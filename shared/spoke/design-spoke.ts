import type { SpokeFacts } from "../domain/platform-facts.ts";
import { spokeTag } from "../domain/spoke-tag.ts";
import { compileSecurityRules } from "../rules/compile.ts";
import type { AddressPlan } from "./address-plan.ts";
import { checkFlowLogStorage } from "./check-flow-log-storage.ts";
import { designNetwork } from "./design-network.ts";
import type { DesiredStateInput } from "./desired-state-input.ts";
import type { SpokeDesign } from "./spoke-design.ts";
import { spokeNames } from "./spoke-names.ts";

/**
 * What follows from a request before any step: hub, names, addresses, rules.
 * @throws RefusedError `HubMissing`, `FlowLogStorageMissing`, `FlowLogStorageElsewhere`, `FlowLogStorageNotStandard`,
 * `TooManySecurityRules`.
 */
export function designSpoke(input: DesiredStateInput): SpokeDesign {
  const { request, configuration, facts } = input;
  const names = spokeNames(request, configuration, facts.networkWatcherId);
  const network = designNetwork(input, names);
  checkFlowLogStorage(
    request.location,
    configuration.flowLogs.storageAccountIds[request.location],
    facts.storageAccount,
  );
  const formerTiers = Object.keys(input.tierSlots).filter(
    (name) => !request.application.tiers.some((tier) => tier.name === name),
  );
  return {
    request,
    configuration,
    names,
    ...network,
    rules: compileSecurityRules(network.ruleContext),
    facts,
    formerTiers,
    retiredSubnets: retiredSubnets(formerTiers, network.addresses, facts),
    tags: { ...request.tags, [spokeTag]: request.name },
  };
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
