import { ipv4Address } from "../../domain/address-prefix.ts";
import type { Finding } from "../../domain/finding.ts";
import type { Recommendation } from "../../domain/recommendation.ts";
import type { SecurityRuleBody } from "../../domain/resource.ts";
import { decide } from "../../rules/meaning/decide.ts";
import { parseSecurityGroup } from "../../rules/meaning/parse-security-group.ts";
import { packetProtocolIndex, protocolOf } from "../../rules/meaning/protocol.ts";
import { readAs, usualReading } from "../../rules/meaning/reading.ts";
import type { RuleContext } from "../../rules/rule-context.ts";
import { prefixesAsIntervals, symbolOfGroup } from "../../rules/spoke-proof/place.ts";

/** A denied flow, as flow logs tell it. Moments are in milliseconds since the epoch. */
export interface DeniedFlow {
  readonly source: number;
  readonly destination: number;
  /** Null where too many flows were observed to tell each port. */
  readonly destinationPort: number | null;
  /** IANA number. */
  readonly protocol: number;
  readonly direction: "Inbound" | "Outbound";
  readonly flows: number;
  readonly lastSeen: number;
}

/**
 * What an accepted change of a rule has blocked since: denied flows after the decision that the rule would have let pass
 * before it and does not let pass after it. Empty for all that changes no rule.
 */
export function blockedSince(
  recommendation: Recommendation,
  denied: readonly DeniedFlow[],
  context: RuleContext,
): Finding[] {
  const { remedy, decision } = recommendation;
  if (remedy.kind !== "rule" || decision === null) return [];
  const { before, after, networkSecurityGroupId, rule } = remedy.change;
  const since = Date.parse(decision.at);
  const hit = denied.filter(
    (flow) =>
      flow.lastSeen > since &&
      flow.direction === before.direction &&
      passes(before, flow, context) &&
      !passes(after, flow, context),
  );
  if (hit.length === 0) return [];
  const flows = hit.reduce((sum, one) => sum + one.flows, 0);
  return [
    {
      code: "RecommendationBlocks",
      severity: "high",
      message: `Since ${rule} was changed it has blocked ${flows} flows: ${hit.slice(0, 3).map(inWords).join("; ")}.`,
      resourceId: networkSecurityGroupId,
      remedy: `If they are wanted, take the change back: DELETE /api/exemptions/${recommendation.amendmentId}.`,
      step: 5,
    },
  ];
}

/** By the rule alone: what other rules allow was not denied. */
function passes(rule: SecurityRuleBody | null, flow: DeniedFlow, context: RuleContext): boolean {
  if (rule === null) return false;
  const reading = new Map([
    ...usualReading,
    ...context.tiers.map(
      ({ applicationSecurityGroupId, addressPrefix }) =>
        [symbolOfGroup(applicationSecurityGroupId), prefixesAsIntervals([addressPrefix])] as const,
    ),
  ]);
  const rules = readAs(parseSecurityGroup([rule])[flow.direction], reading);
  const { name } = decide(rules, {
    direction: flow.direction,
    protocol: flow.protocol,
    sourceAddress: ipv4Address(flow.source),
    sourcePort: 50_000,
    destinationAddress: ipv4Address(flow.destination),
    destinationPort: flow.destinationPort ?? 0,
  });
  return name === rule.name;
}

function inWords({ source, destination, protocol, destinationPort, direction }: DeniedFlow): string {
  const name = protocolOf(packetProtocolIndex(protocol, "flow log"));
  return `${direction} ${ipv4Address(source)} -> ${ipv4Address(destination)} ${name} ${destinationPort ?? "any port"}`;
}
