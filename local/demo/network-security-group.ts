import { z } from "zod";

const reference = z.looseObject({ id: z.string() });
const prefixes = z.array(z.string()).nullish();

const ruleSchema = z.looseObject({
  name: z.string(),
  properties: z.looseObject({
    priority: z.int(),
    direction: z.enum(["Inbound", "Outbound"]),
    access: z.enum(["Allow", "Deny"]),
    protocol: z.string(),
    sourceAddressPrefix: z.string().nullish(),
    sourceAddressPrefixes: prefixes,
    sourceApplicationSecurityGroups: z.array(reference).nullish(),
    destinationAddressPrefix: z.string().nullish(),
    destinationAddressPrefixes: prefixes,
    destinationApplicationSecurityGroups: z.array(reference).nullish(),
    destinationPortRange: z.string().nullish(),
    destinationPortRanges: prefixes,
  }),
});

const schema = z.looseObject({
  name: z.string(),
  properties: z.looseObject({ securityRules: z.array(ruleSchema).default([]) }),
});

/** One security rule as ARM answers it, reduced to what a person compares. */
export interface ShownRule {
  readonly name: string;
  readonly priority: number;
  readonly direction: "Inbound" | "Outbound";
  readonly access: "Allow" | "Deny";
  readonly protocol: string;
  /** Prefixes and names of application security groups; `*` is any. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly ports: readonly string[];
}

/** The rules of a network security group that somebody wrote (Azure's default rules aside), by priority. */
export function rulesOf(networkSecurityGroup: unknown): ShownRule[] {
  return schema
    .parse(networkSecurityGroup)
    .properties.securityRules.map(({ name, properties: rule }) => ({
      name,
      priority: rule.priority,
      direction: rule.direction,
      access: rule.access,
      protocol: rule.protocol,
      from: side(rule.sourceAddressPrefix, rule.sourceAddressPrefixes, rule.sourceApplicationSecurityGroups),
      to: side(
        rule.destinationAddressPrefix,
        rule.destinationAddressPrefixes,
        rule.destinationApplicationSecurityGroups,
      ),
      ports: [...(rule.destinationPortRanges ?? []), ...(rule.destinationPortRange ? [rule.destinationPortRange] : [])],
    }))
    .sort((a, b) => a.priority - b.priority);
}

function side(
  one: string | null | undefined,
  many: readonly string[] | null | undefined,
  groups: readonly { readonly id: string }[] | null | undefined,
): string[] {
  const names = (groups ?? []).map(({ id }) => id.slice(id.lastIndexOf("/") + 1));
  return [...(one ? [one] : []), ...(many ?? []), ...names];
}
