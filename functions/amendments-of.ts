import { type Amendment, amendmentsInForce } from "../shared/domain/amendment.ts";
import type { Composition } from "./composition.ts";

/** What somebody decided about a spoke and still counts. */
export async function amendmentsOf(
  compose: Pick<Composition, "amendments" | "now">,
  spoke: string,
): Promise<readonly Amendment[]> {
  return amendmentsInForce(await (await compose.amendments()).list(), spoke, compose.now());
}
