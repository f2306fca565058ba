import type { SecurityRuleBody } from "../domain/resource.ts";

/** Ranges of priorities of one NSG and direction, in order (contract §4). */
export type PriorityBand = "application" | "access" | "internal-deny" | "firewall" | "baseline";

/** A side of a rule: any, prefixes or service tags, or one ASG (trap 13: never more than one per side). */
export type Endpoint =
  | { readonly any: true }
  | { readonly prefixes: readonly string[] }
  | { readonly applicationSecurityGroupId: string };

/** A rule before its priority is known; its name carries no direction yet. */
export interface RuleDraft {
  readonly band: PriorityBand;
  readonly name: string;
  readonly direction: "Inbound" | "Outbound";
  readonly access: "Allow" | "Deny";
  readonly protocol: SecurityRuleBody["protocol"];
  readonly source: Endpoint;
  readonly destination: Endpoint;
  /** Destination ports or ranges; `*` for any. Source ports are always `*` (trap 2). */
  readonly ports: readonly string[];
  readonly description: string;
}

export const anyEndpoint: Endpoint = { any: true };
export const prefixes = (...list: readonly string[]): Endpoint => ({ prefixes: list });
export const group = (applicationSecurityGroupId: string): Endpoint => ({ applicationSecurityGroupId });
