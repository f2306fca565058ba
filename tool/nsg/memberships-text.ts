import type { Memberships } from "../../shared/rules/meaning/packet.ts";
import { symbolText } from "../../shared/rules/meaning/service-tags.ts";

/** What a packet supposes of tags and groups, in words. */
export function membershipsText(memberships: Memberships): string[] {
  return (["source", "destination"] as const).flatMap((side) =>
    memberships[side].map((symbol) => `${side} belongs to ${symbolText(symbol)}`),
  );
}
