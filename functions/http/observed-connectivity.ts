import { isSpokeName } from "../../shared/domain/spoke-name.ts";
import { type ObservedConnectivity, observeConnectivity } from "../../shared/reconcile/observe-connectivity.ts";
import { withAmendments } from "../../shared/spoke/connectivity/with-amendments.ts";
import { amendmentsOf } from "../amendments-of.ts";
import type { Composition } from "../composition.ts";
import { inTime } from "./in-time.ts";
import { Problem } from "./problem.ts";

/**
 * What the network of a spoke lets pass now.
 * @throws Problem 404 where there is no such spoke; RefusedError or TransientError where Azure could not be asked in time.
 */
export async function observedConnectivity(
  compose: Composition,
  name: string,
): Promise<ObservedConnectivity & { readonly observedAt: string }> {
  const stored = isSpokeName(name) ? await (await compose.spokes()).readRecord(name) : null;
  if (stored === null) throw new Problem(404, "There is no spoke of this name.");
  const azure = await compose.azureForCallers();
  const observedAt = compose.now();
  const observed = await inTime(observeConnectivity(azure, await compose.configuration(), stored.value));
  const amendments = await amendmentsOf(compose, name);
  return { ...observed, connectivity: withAmendments(observed.connectivity, amendments), observedAt };
}
