import type { PlatformConfiguration } from "../domain/platform-configuration.ts";
import type { SpokeFacts } from "../domain/platform-facts.ts";
import type { SpokeRequest } from "../domain/spoke-request.ts";
import type { CompiledRules } from "../rules/compile.ts";
import type { NetworkDesign } from "./design-network.ts";
import type { SpokeNames } from "./spoke-names.ts";

/** All that the steps derive resources from: the request and what follows from it before any step. */
export interface SpokeDesign extends NetworkDesign {
  readonly request: SpokeRequest;
  readonly configuration: PlatformConfiguration;
  readonly names: SpokeNames;
  readonly rules: CompiledRules;
  readonly facts: SpokeFacts;
  /** Tiers that the spoke once had and the request no longer names. */
  readonly formerTiers: readonly string[];
  /** Names of the subnets of former tiers that still stand. */
  readonly retiredSubnets: readonly string[];
  /** Tags of every resource that takes tags. */
  readonly tags: Readonly<Record<string, string>>;
}
