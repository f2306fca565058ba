import fc from "fast-check";
import type { SecurityRuleBody } from "../../../shared/domain/resource.ts";
import type { CompiledRules } from "../../../shared/rules/compile.ts";

type Rules = readonly SecurityRuleBody[];

/** One edit of one rule list, as somebody makes it by hand; it may or may not change what passes. */
const edit: fc.Arbitrary<(rules: Rules) => Rules> = fc.oneof(
  fc.nat().map((at) => (rules: Rules) => rules.filter((_, index) => index !== at % rules.length)),
  changed((rule) => ({ ...rule, access: rule.access === "Allow" ? "Deny" : "Allow" })),
  changed((rule) => ({ ...rule, protocol: rule.protocol === "Tcp" ? "Udp" : "Tcp" })),
  changed((rule) => ({ ...rule, protocol: "*" })),
  changed((rule) => ({ ...rule, sourceAddressPrefixes: ["*"], sourceApplicationSecurityGroupIds: [] })),
  changed((rule) => ({ ...rule, sourceAddressPrefixes: ["VirtualNetwork"], sourceApplicationSecurityGroupIds: [] })),
  changed((rule) => ({ ...rule, destinationAddressPrefixes: ["*"], destinationApplicationSecurityGroupIds: [] })),
  changed((rule) => ({ ...rule, destinationPortRanges: ["*"] })),
  changed((rule) => ({ ...rule, destinationPortRanges: ["22"] })),
  changed((rule) => ({ ...rule, sourcePortRanges: ["1433"] })),
  changed((rule) => ({ ...rule, description: "Renamed by hand.", name: `${rule.name}-renamed` })),
  fc
    .record({
      direction: fc.constantFrom("Inbound" as const, "Outbound" as const),
      access: fc.constantFrom("Allow" as const, "Deny" as const),
      address: fc.constantFrom("*", "Internet", "VirtualNetwork", "10.0.0.0/8", "203.0.113.0/24", "AzureLoadBalancer"),
      port: fc.constantFrom("*", "22", "443", "1433", "3389"),
      priority: fc.constantFrom(100, 999, 4095),
    })
    .map(({ direction, access, address, port, priority }) => (rules: Rules) => [
      ...rules,
      {
        // Azure takes no two rules of one name in an NSG, and several edits may meet there.
        name: `by-hand-${priority}`,
        description: "",
        priority,
        direction,
        access,
        protocol: "Tcp" as const,
        sourceAddressPrefixes: direction === "Inbound" ? [address] : ["*"],
        sourceApplicationSecurityGroupIds: [],
        sourcePortRanges: ["*"],
        destinationAddressPrefixes: direction === "Inbound" ? ["*"] : [address],
        destinationApplicationSecurityGroupIds: [],
        destinationPortRanges: [port],
      },
    ]),
);

function changed(change: (rule: SecurityRuleBody) => SecurityRuleBody): fc.Arbitrary<(rules: Rules) => Rules> {
  return fc
    .nat()
    .map((at) => (rules) => rules.map((rule, index) => (index === at % rules.length ? change(rule) : rule)));
}

/** Compiled rules with some edits by hand in one of the NSGs. */
export const edits = fc
  .record({ group: fc.nat(), list: fc.array(edit, { minLength: 1, maxLength: 3 }) })
  .map(({ group, list }) => (rules: CompiledRules): CompiledRules => {
    const names = ["gateway", ...rules.tiers.keys()];
    const name = names[group % names.length] as string;
    const standing = name === "gateway" ? rules.gateway : (rules.tiers.get(name) ?? []);
    const edited = list.reduce<Rules>((all, one) => (all.length === 0 ? all : one(all)), standing);
    return name === "gateway"
      ? { ...rules, gateway: edited }
      : { ...rules, tiers: new Map([...rules.tiers, [name, edited]]) };
  });
