import type { Flow } from "../rules/difference/flow.ts";
import { ANYWHERE } from "../rules/difference/name-addresses.ts";
import type { Recommendation } from "./recommendation.ts";

/** How bad it is that what was not used may pass: from the Internet, to it, or inside. */
export function severityOf(unused: readonly Flow[]): Recommendation["severity"] {
  if (unused.some(({ direction, source }) => direction === "Inbound" && isPublic(source))) return "high";
  return unused.some(({ direction, destination }) => direction === "Outbound" && isPublic(destination))
    ? "medium"
    : "low";
}

function isPublic(names: readonly string[]): boolean {
  return names.some((name) => name.startsWith("Internet") || name.startsWith(ANYWHERE));
}
