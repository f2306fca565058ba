import type { Pricing } from "@azure/arm-security";
import type { DesiredResource, ResourceBodies } from "../domain/resource.ts";
import { serialised } from "../domain/serialised.ts";
import { isSame, parseExtensionPath } from "./arm-id.ts";
import { observedResource } from "./arm-resource.ts";
import type { AzureClients } from "./clients.ts";
import { refuseRemoval } from "./membership.ts";
import { unlessMissing } from "./missing.ts";
import type { ResourcePort } from "./ports.ts";
import { nativeOf } from "./raw-resource.ts";

type Type = "Microsoft.Security/pricings";

/**
 * A plan of Defender for Cloud, which a whole subscription shares: raised from Free to Standard and given its
 * sub-plan, never lowered and never removed.
 */
export function defenderPlanPort(clients: AzureClients): ResourcePort<Type> {
  const operations = async (id: string) => (await clients.security(subscriptionOf(id))).pricings;
  const nameOf = (id: string) => parseExtensionPath(id).name;
  // Defender takes one update of a subscription's plans at a time, and refuses the others with 409.
  const inTurn = serialised();

  const asObserved = (native: Pricing | null, desired: DesiredResource<Type>) =>
    native === null
      ? null
      : observedResource("Microsoft.Security/pricings", native, toBody(native, desired), desired.id);

  return {
    observe: (desired) =>
      clients.attempt(desired.id, async () => {
        const pricings = await operations(desired.id);
        return asObserved(await unlessMissing(() => pricings.get(nameOf(desired.id))), desired);
      }),
    observeIn: (snapshot, desired) => {
      const raw = snapshot.byId(desired.id);
      return asObserved(raw === undefined ? null : nativeOf<Pricing>(raw), desired);
    },
    write: (desired) =>
      inTurn(subscriptionOf(desired.id), () =>
        clients.attempt(desired.id, async () => {
          const pricings = await operations(desired.id);
          const standing = await unlessMissing(() => pricings.get(nameOf(desired.id)));
          if (standing !== null && serves(standing, desired.body)) return;
          const { pricingTier, subPlan } = desired.body;
          await pricings.update(nameOf(desired.id), { pricingTier, ...(subPlan === null ? {} : { subPlan }) });
        }),
      ),
    remove: refuseRemoval,
  };
}

/** A Standard plan serves who asks for Free; where no sub-plan is asked for, Azure's or another's choice serves. */
function serves(native: Pricing, { pricingTier, subPlan }: ResourceBodies[Type]): boolean {
  if (pricingTier === "Free") return true;
  return native.pricingTier === "Standard" && (subPlan === null || isSame(native.subPlan, subPlan));
}

function toBody(native: Pricing, { body }: DesiredResource<Type>): ResourceBodies[Type] {
  if (serves(native, body)) return body;
  return { pricingTier: native.pricingTier === "Standard" ? "Standard" : "Free", subPlan: native.subPlan ?? null };
}

function subscriptionOf(id: string): string {
  return parseExtensionPath(id).scope.split("/").at(-1) ?? "";
}
