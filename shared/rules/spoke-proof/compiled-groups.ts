import type { SecurityRuleBody } from "../../domain/resource.ts";
import type { CompiledRules } from "../compile.ts";
import { gatewaySubnet } from "../intent/intent-of.ts";
import { parseSecurityGroup } from "../meaning/parse-security-group.ts";
import type { SubnetGroups } from "./prove-spoke.ts";

/** The meaning of compiled rules, by tier name and `gateway`. */
export function compiledGroups(rules: CompiledRules): SubnetGroups {
  const entries: (readonly [string, readonly SecurityRuleBody[]])[] = [[gatewaySubnet, rules.gateway], ...rules.tiers];
  return new Map(entries.map(([subnet, list]) => [subnet, parseSecurityGroup(list, `the NSG of ${subnet}`)]));
}
