import { defaultRules } from "./default-rules.ts";
import { type Direction, directions, type MeaningRule, type SecurityGroupMeaning } from "./meaning-rule.ts";
import { objectOf, parseSecurityRule } from "./parse-security-rule.ts";
import { unreadable } from "./unreadable.ts";

/** Priorities of custom rules (Microsoft Learn, "Network security groups", security rules). */
const FIRST_PRIORITY = 100;
const LAST_PRIORITY = 4096;

/**
 * Reads a network security group as ARM answers it (fields under `properties` or flat, as the command line prints it),
 * or an array of its rules. Default rules in it are checked to be Azure's and stand once in the result.
 * Throws RefusedError `UnreadableSecurityRule`, `Ipv6NotModelled` or `DuplicatePriority`.
 */
export function parseSecurityGroup(value: unknown, fallbackName = "NSG"): SecurityGroupMeaning {
  const { name, rules } = partsOf(value, fallbackName);
  const parsed = rules.map(parseSecurityRule);
  for (const rule of parsed) requirePriority(rule);
  const custom = parsed.filter((rule) => rule.priority <= LAST_PRIORITY);
  const ofDirection = (direction: Direction): MeaningRule[] => {
    const own = custom.filter((rule) => rule.direction === direction).sort((a, b) => a.priority - b.priority);
    requireOrder(own);
    return [...own, ...defaultRules[direction]];
  };
  const [Inbound, Outbound] = directions.map(ofDirection) as [MeaningRule[], MeaningRule[]];
  return { name, Inbound, Outbound };
}

function partsOf(value: unknown, fallbackName: string): { name: string; rules: readonly unknown[] } {
  if (Array.isArray(value)) return { name: fallbackName, rules: value };
  const outer = objectOf(value, fallbackName);
  const name = typeof outer.name === "string" ? outer.name : fallbackName;
  const fields = outer.properties === undefined ? outer : objectOf(outer.properties, name);
  const { securityRules, defaultSecurityRules = [] } = fields;
  if (!Array.isArray(securityRules))
    throw unreadable(name, "is neither an array of rules nor an NSG with securityRules");
  if (!Array.isArray(defaultSecurityRules)) throw unreadable(name, "defaultSecurityRules are no list");
  return { name, rules: [...securityRules, ...defaultSecurityRules] };
}

function requirePriority(rule: MeaningRule): void {
  if (rule.priority >= FIRST_PRIORITY && rule.priority <= LAST_PRIORITY) return;
  const known = defaultRules[rule.direction].find(({ priority }) => priority === rule.priority);
  const meaning = ({ access, protocol, source, sourcePorts, destination, destinationPorts }: MeaningRule) =>
    JSON.stringify([access, protocol, source, sourcePorts, destination, destinationPorts]);
  if (known !== undefined && meaning(known) === meaning(rule)) return;
  throw unreadable(
    rule.name,
    `priority ${rule.priority} is outside 100 to 4096, and this is no default rule of Azure's`,
  );
}

/** Azure refuses a priority that is used twice; here it matters only where the order would decide. */
function requireOrder(rules: readonly MeaningRule[]): void {
  for (const [index, rule] of rules.entries()) {
    const next = rules[index + 1];
    if (next !== undefined && next.priority === rule.priority && next.access !== rule.access) {
      throw unreadable(
        `${rule.name} and ${next.name}`,
        `both have priority ${rule.priority} ${rule.direction.toLowerCase()}, so their order is not known`,
        "DuplicatePriority",
      );
    }
  }
}
