import type { Finding } from "../../domain/finding.ts";
import type { MeaningRule } from "../meaning/meaning-rule.ts";

/** What is wrong or doubtful about one rule, or about the rules of one direction together. */
export interface RuleFinding {
  readonly code: string;
  readonly severity: Finding["severity"];
  readonly direction: MeaningRule["direction"];
  /** Null where it is about what no rule says. */
  readonly rule: string | null;
  readonly priority: number | null;
  readonly message: string;
  readonly remedy: string;
}

/** Where the network security group stands, as far as it matters for what is right. */
export interface Place {
  /** The subnet holds an Application Gateway v2. */
  readonly gateway: boolean;
  /** A default route leads the subnet's traffic to an appliance. */
  readonly behindFirewall: boolean;
  /** Machines of the subnet stand behind a load balancer. */
  readonly loadBalanced: boolean;
}

/** A finding about one rule. */
export function aboutRule(
  rule: MeaningRule,
  finding: Pick<RuleFinding, "code" | "severity" | "message" | "remedy">,
): RuleFinding {
  const { direction, name, priority } = rule;
  return { ...finding, direction, rule: name, priority };
}
