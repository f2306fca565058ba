import type { Hub, PlatformConfiguration } from "../domain/platform-configuration.ts";
import type { SpokeFacts } from "../domain/platform-facts.ts";
import type { SpokeRequest } from "../domain/spoke-request.ts";
import type { CompiledRules } from "../rules/compile.ts";
import type { RuleContext } from "../rules/rule-context.ts";
import type { AddressPlan } from "./address-plan.ts";
import type { SpokeNames } from "./spoke-names.ts";

/** All that the steps derive resources from: the request and what follows from it before any step. */
export interface SpokeDesign {
  readonly request: SpokeRequest;
  readonly configuration: PlatformConfiguration;
  /** The hub that the spoke is peered with, or null for a standalone spoke. */
  readonly hub: Hub | null;
  readonly names: SpokeNames;
  readonly addresses: AddressPlan;
  /** What the rules depend on, and what they mean. */
  readonly ruleContext: RuleContext;
  readonly rules: CompiledRules;
  readonly facts: SpokeFacts;
  /** Tiers that the spoke once had and the request no longer names. */
  readonly formerTiers: readonly string[];
  /** Names of the subnets of former tiers that still stand. */
  readonly retiredSubnets: readonly string[];
  /** Name servers of the network; a standalone spoke cannot reach the platform's and uses Azure's. */
  readonly dnsServers: readonly string[];
  /** Tags of every resource that takes tags. */
  readonly tags: Readonly<Record<string, string>>;
}
