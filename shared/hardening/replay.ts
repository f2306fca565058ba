import type { MeaningRule, SecurityGroupMeaning } from "../rules/meaning/meaning-rule.ts";
import type { ObservedFlow } from "./flow-logs/observed-flow.ts";
import { learnedFrom, possibleDeciders, type Sight } from "./judging/possible-deciders.ts";
import { flowsSeenAt, flowText, type SeenFlow } from "./judging/seen-flow.ts";
import type { SpokeAddresses } from "./judging/spoke-addresses.ts";
import type { Replay } from "./recommendation.ts";

/** The network security group of a subnet as it stands, and as it would be. */
export interface ProposedGroup {
  /** Tier name, or `gateway`. */
  readonly subnet: string;
  readonly standing: SecurityGroupMeaning;
  readonly proposed: SecurityGroupMeaning;
}

const mostSamples = 10;

/**
 * What would have become of the flows of a window under other rules: of any, however they came about. Each flow is judged
 * at the subnet of each interface that logged it, so that one inside the spoke counts at both its ends. NSGs hold state:
 * who opened a connection is judged, its answers pass (trap 4). Denied flows do not take part.
 */
export function replay(
  addresses: SpokeAddresses,
  groups: readonly ProposedGroup[],
  flows: readonly ObservedFlow[],
): Replay {
  const total = emptyReplay();
  for (const group of groups) {
    const sight = { addresses, subnet: group.subnet };
    for (const flow of flowsSeenAt(addresses.subnet(group.subnet), flows)) judge(total, flow, group, sight);
  }
  return finished(total);
}

/** The replay of flows that were found at a subnet before. Only `affected` ones need a look: the others pass as they did. */
export function replayAt(
  group: ProposedGroup,
  sight: Sight,
  all: readonly SeenFlow[],
  affected: readonly SeenFlow[],
): Replay {
  const total = emptyReplay();
  for (const flow of affected) judge(total, flow, group, sight);
  return { ...finished(total), flows: all.reduce((sum, { observed }) => sum + observed.flows, 0) };
}

interface Total {
  flows: number;
  wouldBlock: number;
  alreadyBlocked: number;
  undecided: number;
  blocked: { readonly text: string; readonly flows: number }[];
}

function judge(total: Total, flow: SeenFlow, { standing, proposed }: ProposedGroup, sight: Sight): void {
  const { flows } = flow.observed;
  total.flows += flows;
  const learned = learnedFrom(standing[flow.direction], flow, sight);
  const after = verdict(possibleDeciders(proposed[flow.direction], flow, sight, learned));
  if (after === "Allow") return;
  const before = verdict(possibleDeciders(standing[flow.direction], flow, sight, learned));
  if (before === "Deny") total.alreadyBlocked += flows;
  else if (before === "Unknown" && after === "Unknown") total.undecided += flows;
  else {
    total.wouldBlock += flows;
    total.blocked.push({ text: flowText(flow), flows });
  }
}

/** What the possible deciders say together. */
export function verdict(possible: readonly MeaningRule[]): "Allow" | "Deny" | "Unknown" {
  const [first] = possible;
  if (first === undefined) return "Deny";
  return possible.every(({ access }) => access === first.access) ? first.access : "Unknown";
}

function emptyReplay(): Total {
  return { flows: 0, wouldBlock: 0, alreadyBlocked: 0, undecided: 0, blocked: [] };
}

function finished({ blocked, ...counts }: Total): Replay {
  const most = blocked.toSorted((a, b) => b.flows - a.flows || (a.text < b.text ? -1 : 1));
  return { ...counts, blocked: most.slice(0, mostSamples).map(({ text, flows }) => `${text} (${flows})`) };
}

/** `would have blocked 0 of 1,204,331 flows in 30 days`. */
export function replayText({ flows, wouldBlock }: Replay, windowFrom: number, windowTo: number): string {
  const count = (value: number) => value.toLocaleString("en-US");
  const hours = Math.round((windowTo - windowFrom) / 3_600_000);
  const time = hours % 24 === 0 ? `${hours / 24} days` : `${hours} hours`;
  return `would have blocked ${count(wouldBlock)} of ${count(flows)} flows in ${time}`;
}
