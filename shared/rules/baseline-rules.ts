import { anyEndpoint, type RuleDraft } from "./rule-draft.ts";

/** Deny everything that no rule before it allows (guidance, step 5, baseline deny rules). */
export function denyAll(direction: "Inbound" | "Outbound"): RuleDraft {
  return {
    band: "baseline",
    name: `DenyAll${direction}`,
    direction,
    access: "Deny",
    protocol: "*",
    source: anyEndpoint,
    destination: anyEndpoint,
    ports: ["*"],
    description: `Denies all ${direction.toLowerCase()} traffic unless specifically allowed.`,
  };
}
