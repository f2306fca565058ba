import { createHash } from "node:crypto";

/** As long as Azure allows the names of network resources to be. */
const longest = 80;

/**
 * Name of a firewall rule of one spoke: `{spoke}.{parts joined by dots}`, without characters that Azure refuses; a
 * name that is too long ends in a hash of the whole.
 */
export function firewallRuleName(spoke: string, ...parts: readonly (string | number)[]): string {
  const name = [spoke, ...parts].join(".").replaceAll("/", "-").replaceAll("*", "any");
  if (name.length <= longest) return name;
  const hash = createHash("sha256").update(name).digest("hex").slice(0, 12);
  return `${name.slice(0, longest - hash.length - 1)}-${hash}`;
}

/** Firewall rules of one spoke begin with its name and a dot, which no name of a spoke contains. */
export function isFirewallRuleOf(spoke: string, rule: string): boolean {
  return rule.startsWith(`${spoke}.`);
}
