import type { Finding } from "../../domain/finding.ts";
import { gatewaySubnet } from "../../rules/intent/intent-of.ts";
import { lint } from "../../rules/lint/lint.ts";
import type { SecurityGroupMeaning } from "../../rules/meaning/meaning-rule.ts";
import type { RuleContext } from "../../rules/rule-context.ts";

/** What only informs stays with the linter itself. */
const told: ReadonlySet<Finding["severity"]> = new Set(["critical", "high", "medium"]);
/** The proof answers it, as it knows whether the request wants outbound traffic open. */
const provenInstead = "not-closed";

/** What the linter finds in the NSG that a subnet carries: traps of the platform, and rules that decide nothing. */
export function ruleFindings(
  context: RuleContext,
  subnet: string,
  group: SecurityGroupMeaning,
  resourceId: string,
): Finding[] {
  const gateway = subnet === gatewaySubnet;
  const tier = context.tiers.find(({ name }) => name === subnet);
  const place = {
    gateway,
    behindFirewall: context.behindFirewall && !gateway,
    loadBalanced: tier !== undefined && tier.loadBalancerAddress !== null,
  };
  return lint(group, place)
    .filter(({ severity, code }) => told.has(severity) && code !== provenInstead)
    .map(({ code, severity, direction, rule, message, remedy }) => ({
      code: capitalised(code),
      severity,
      message: rule === null ? message : `${direction} rule ${rule}: ${message}`,
      resourceId,
      remedy,
      step: 5,
    }));
}

/** The linter's codes in the manner of a spoke's findings: `source-port` becomes `SourcePort`. */
function capitalised(code: string): string {
  return code.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
