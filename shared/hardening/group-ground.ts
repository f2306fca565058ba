import type { Coverage } from "./coverage.ts";
import type { HardeningLimits } from "./hardening-input.ts";
import type { SpokeAddresses } from "./judging/spoke-addresses.ts";

/** What the recommendations for a network security group are made with. */
export interface GroupGround {
  readonly addresses: SpokeAddresses;
  readonly coverage: Coverage;
  readonly limits: HardeningLimits;
}
