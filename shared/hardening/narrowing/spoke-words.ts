import type { NamedAddresses } from "../../rules/difference/name-addresses.ts";
import { gatewaySubnet } from "../../rules/intent/intent-of.ts";
import type { Reading } from "../../rules/meaning/reading.ts";
import { INTERNET, VIRTUAL_NETWORK } from "../../rules/meaning/service-tags.ts";
import type { RuleContext } from "../../rules/rule-context.ts";
import { symbolOfGroup } from "../../rules/spoke-proof/place.ts";
import type { SpokeAddresses } from "../judging/spoke-addresses.ts";

/** The spoke's names for addresses. */
export function namesOf({ tiers, gateway }: RuleContext): NamedAddresses[] {
  return [
    ...tiers.map(({ name, addressPrefix }) => ({ name: `tier ${name}`, prefixes: [addressPrefix] })),
    { name: gatewaySubnet, prefixes: [gateway.addressPrefix] },
  ];
}

/**
 * What narrowing supposes of symbols: members of a tier's group stand in its subnet, and the two tags have the members that they
 * certainly have. What is within a rule so is within it however many more members a tag has.
 */
export function certainReading(addresses: SpokeAddresses, subnet: string): Reading {
  const groups = addresses.context.tiers.map(
    ({ name, applicationSecurityGroupId }) =>
      [symbolOfGroup(applicationSecurityGroupId), addresses.subnet(name)] as const,
  );
  return new Map([
    ...groups,
    [VIRTUAL_NETWORK, addresses.certainly(VIRTUAL_NETWORK, subnet)],
    [INTERNET, addresses.certainly(INTERNET, subnet)],
  ]);
}
