import type { Tier } from "../../domain/spoke-request.ts";
import { tierLabel } from "../../rules/tier-names.ts";

/** What a desired rule is for in the guidance: one of its seven rules by number, or a kind of its own. */
export type RuleKind =
  | 1
  | 2
  | 3
  | 4
  | 5
  | 6
  | 7
  | "deny-inbound"
  | "deny-outbound"
  | "vm-management"
  | "management"
  | "outbound"
  /** Caller to machine as packets arrive, health probes, further flows. */
  | "machines";

const dataPort = 1433;

/**
 * The kind of a rule that the desired state has, by the name that it gives: "data" in the guidance is the tier of SQL's
 * port.
 */
export function ruleKind(name: string, tiers: readonly Tier[]): RuleKind {
  const bare = name.replace(/-(?:Inbound|Outbound)$/, "").replace(/-\d$/, "");
  if (bare === "DenyAllInbound") return "deny-inbound";
  if (/^DenyAllOutbound$|^Deny-|^Allow-Firewall-/.test(bare)) return "deny-outbound";
  if (/^Allow-(?:Internet-to-Gateway|GatewayManager|Probe-to-Gateway)$/.test(bare)) return 1;
  if (/^Allow-Gateway-to-.+-VMs$/.test(bare)) return 2;
  const balanced = /^Allow-.+-Tier-to-(.+)-LB$/.exec(bare)?.[1];
  if (balanced !== undefined) return isData(balanced, tiers) ? 5 : 3;
  const machines = /^Allow-(.+)-LB-to-\1-VMs$/.exec(bare)?.[1];
  if (machines !== undefined) return machines === "SQL" ? 6 : 4;
  if (/^Allow-(.+)-VM-to-\1-VM$/.test(bare)) return 7;
  if (/^Allow-Management-/.test(bare)) return "management";
  if (/^Allow-(?:Instance-Metadata|Time-Synchronisation|Windows-Activation|DNS-\w+)$/.test(bare))
    return "vm-management";
  if (/^Allow-to-/.test(bare)) return "outbound";
  return "machines";
}

function isData(label: string, tiers: readonly Tier[]): boolean {
  return tiers.some((tier) => tier.port === dataPort && tierLabel(tier) === label);
}
