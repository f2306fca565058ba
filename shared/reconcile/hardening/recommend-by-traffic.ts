import type { NetworkInterfaceFact } from "../../domain/platform-facts.ts";
import type { Replay } from "../../domain/recommendation.ts";
import { parseResourceId, resourceName } from "../../domain/resource-id.ts";
import type { SpokeRequest } from "../../domain/spoke-request.ts";
import { deriveRecommendations } from "../../hardening/derive-recommendations.ts";
import { type HardenedGroup, usualLimits } from "../../hardening/hardening-input.ts";
import type { Recommendation as Derived, NotJudged } from "../../hardening/recommendation.ts";
import type { FlowReduction } from "../../hardening/reduce-flow-records.ts";
import { replayText } from "../../hardening/replay.ts";
import type { AmendedSpoke } from "../../spoke/recommendations/amended-spoke.ts";
import type { FoundRecommendation } from "../../spoke/recommendations/merge-recommendations.ts";

const hour = 3_600_000;

export interface TrafficRecommendations {
  readonly found: readonly FoundRecommendation[];
  /** NSGs of which nothing is said, and why. */
  readonly notJudged: readonly NotJudged[];
}

/**
 * What the traffic of the learning window recommends for a spoke: rules narrowed to what was really used, and rules that
 * nothing used taken away. Judged are the rules as they shall stand now, so that an accepted change is not recommended again.
 * @param rulesSince since when rules are what they are, by key of the NSG's id and by rule
 */
export function recommendByTraffic(
  { design, resources, isOwnRule }: AmendedSpoke,
  networkInterfaces: readonly NetworkInterfaceFact[],
  reduction: FlowReduction,
  rulesSince: (networkSecurityGroupId: string) => ReadonlyMap<string, number>,
): TrafficRecommendations {
  const { request } = design;
  const groups = resources.flatMap((resource): HardenedGroup[] => {
    if (resource.type !== "Microsoft.Network/networkSecurityGroups") return [];
    const subnet = resourceName(resource.id).slice(`nsg-${request.name}-`.length);
    const { id, body } = resource;
    return [{ subnet, networkSecurityGroupId: id, rules: body.securityRules, rulesSince: rulesSince(id) }];
  });
  const { from, to } = reduction.window;
  // How long the platform wants to learn is its own to say; that the window is covered by data is still measured.
  const limits = { leastHours: Math.min(usualLimits.leastHours, Math.floor((to - from) / hour)) };
  const input = { spoke: request.name, context: design.ruleContext, groups, networkInterfaces, reduction, limits };
  const { recommendations, notJudged } = deriveRecommendations(input);
  const found = recommendations.map((one) =>
    foundRecommendation(one, request, isOwnRule(one.networkSecurityGroupId, one.rule)),
  );
  return { found, notJudged };
}

function foundRecommendation(derived: Derived, request: SpokeRequest, isOwn: boolean): FoundRecommendation {
  const { networkSecurityGroupId, rule, kind, before, after, evidence, difference, keepsGuidance, severity } = derived;
  const replay = replayOf(derived);
  const what = kind === "remove" ? `${rule} was not used and can go` : `${rule} lets pass more than was used`;
  return {
    id: `flow-logs-${derived.id}`,
    source: "flow-logs",
    spoke: request.name,
    subscriptionId: request.subscriptionId,
    resourceGroup: parseResourceId(networkSecurityGroupId).resourceGroup?.toLowerCase() ?? null,
    resourceId: networkSecurityGroupId,
    title: `${what} (${resourceName(networkSecurityGroupId)})`,
    severity,
    tactics:
      before.direction === "Inbound" ? ["Initial Access", "Lateral Movement"] : ["Exfiltration", "Command and Control"],
    scoreGain: null,
    reasons: [...derived.reasons, ...(isOwn ? [ownRule] : [])],
    advice: `${replay.summary}. Accept it, and the rule becomes part of the spoke.`,
    remedy: { kind: "rule", change: { networkSecurityGroupId, rule, kind, before, after } },
    evidence: {
      windowFrom: moment(evidence.windowFrom),
      windowTo: moment(evidence.windowTo),
      hoursCovered: evidence.hoursCovered,
      hoursExpected: evidence.hoursExpected,
      flows: evidence.flows,
      bytes: evidence.bytes,
      firstSeen: evidence.firstSeen === null ? null : moment(evidence.firstSeen),
      lastSeen: evidence.lastSeen === null ? null : moment(evidence.lastSeen),
      sample: evidence.sample,
    },
    replay,
    difference,
    keepsGuidance,
    safe: !isOwn && isSafe(derived),
  };
}

/** Rules that the guidance has to the letter stand as it says, also where they let pass nothing that others do not. */
const ownRule = "The guidance or the request has this rule: a person decides on it.";

/** Blocks nothing, gains nothing, keeps what the guidance and the request mean, and nothing was left open by the logs. */
function isSafe({ replay, difference, keepsGuidance }: Derived): boolean {
  return replay.wouldBlock === 0 && replay.undecided === 0 && difference.gained.length === 0 && keepsGuidance;
}

function replayOf({ replay, evidence }: Derived): Replay {
  const { flows, wouldBlock, blocked } = replay;
  const { windowFrom, windowTo } = evidence;
  const summary = replayText(replay, windowFrom, windowTo).replace(/^w/, "W");
  return { from: moment(windowFrom), to: moment(windowTo), flows, wouldBlock, blocked, summary };
}

const moment = (milliseconds: number) => new Date(milliseconds).toISOString();
