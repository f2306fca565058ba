import type { NetworkInterfaceFact } from "../domain/platform-facts.ts";
import type { SecurityRuleBody } from "../domain/resource.ts";
import type { RuleContext } from "../rules/rule-context.ts";
import type { FlowReduction } from "./reduce-flow-records.ts";

/** The network security group that a subnet of the spoke carries. */
export interface HardenedGroup {
  /** Tier name, or `gateway`. */
  readonly subnet: string;
  readonly networkSecurityGroupId: string;
  /** Its own rules as they stand. */
  readonly rules: readonly SecurityRuleBody[];
  /** Since when rules stand, by name, in milliseconds since the epoch, where that is known to lie in the window. */
  readonly rulesSince?: ReadonlyMap<string, number>;
}

export interface HardeningLimits {
  /** Prefixes of one side of a narrowed rule at most; Azure takes 4,000. */
  readonly mostPrefixes: number;
  /** Port ranges of a narrowed rule at most. */
  readonly mostPortRanges: number;
  /** Share of the window's hours in which interfaces of a subnet must have logged, from 0 to 1. */
  readonly leastCoverage: number;
  /** Hours that a window must have. */
  readonly leastHours: number;
}

export const usualLimits: HardeningLimits = {
  mostPrefixes: 32,
  mostPortRanges: 16,
  leastCoverage: 0.9,
  leastHours: 14 * 24,
};

/** All that recommendations for one spoke depend on. */
export interface HardeningInput {
  readonly spoke: string;
  /** Addresses, tiers and what the request means. */
  readonly context: RuleContext;
  readonly groups: readonly HardenedGroup[];
  /** Network interfaces of the spoke's network, with their addresses and application security groups. */
  readonly networkInterfaces: readonly NetworkInterfaceFact[];
  /** What its flow log holds of the learning window. */
  readonly reduction: FlowReduction;
  readonly limits?: Partial<HardeningLimits>;
}
