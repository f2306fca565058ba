import type { SpokeRequest } from "../../../shared/domain/spoke-request.ts";
import { assignTierSlots } from "../../../shared/spoke/address-plan.ts";
import { type DesiredState, desiredState } from "../../../shared/spoke/desired-state.ts";
import { emptyFacts } from "../../unit/spoke/example.ts";
import { samplePlatform } from "../domain/arbitraries.ts";

/** The desired state of a valid request on the sample platform, where nothing stands yet. */
export function stateOf(request: SpokeRequest): DesiredState {
  const storage = emptyFacts.storageAccount;
  return desiredState({
    request,
    addressPrefix: request.addressPrefix ?? "10.64.0.0/22",
    tierSlots: assignTierSlots(
      {},
      request.application.tiers.map((tier) => tier.name),
    ),
    configuration: samplePlatform,
    facts: { ...emptyFacts, storageAccount: storage && { ...storage, location: request.location } },
  });
}
