import type { PlatformConfiguration } from "../domain/platform-configuration.ts";
import type { SpokeFacts } from "../domain/platform-facts.ts";
import type { SpokeRequest } from "../domain/spoke-request.ts";
import type { TierSlots } from "./address-plan.ts";

/** What the desired state of a spoke is a function of. */
export interface DesiredStateInput {
  readonly request: SpokeRequest;
  /** The request's own prefix or the one leased for it. */
  readonly addressPrefix: string;
  readonly tierSlots: TierSlots;
  readonly configuration: PlatformConfiguration;
  readonly facts: SpokeFacts;
}
