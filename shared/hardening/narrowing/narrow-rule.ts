import type { SecurityRuleBody } from "../../domain/resource.ts";
import {
  type IntervalSet,
  intersectionOfIntervals,
  intervalSet,
  rangesOf,
  sizeOfIntervals,
} from "../../rules/meaning/interval-set.ts";
import { parsePortSet } from "../../rules/meaning/port-set.ts";
import { namedProtocols } from "../../rules/meaning/protocol.ts";
import type { HardeningLimits } from "../hardening-input.ts";
import type { FlowEnd } from "../judging/flow-end.ts";
import type { Sight } from "../judging/possible-deciders.ts";
import type { SeenFlow } from "../judging/seen-flow.ts";
import { coverPorts } from "./cover-ports.ts";
import { type NarrowedSide, narrowSide } from "./narrow-side.ts";

/** A rule that lets pass what was used, and less than before. */
export interface NarrowedRule {
  readonly after: SecurityRuleBody;
  /** What became less, in words. */
  readonly reasons: readonly string[];
}

/** A change that leaves more than this of what a rule allows is not worth a person's time. */
const WORTH = 0.5;

/**
 * Narrows a rule to the flows that it may have decided on: all of them meet the narrowed rule wherever they met it before, and it
 * meets nothing that it did not. Null where it would leave more than half.
 */
export function narrowRule(
  before: SecurityRuleBody,
  flows: readonly SeenFlow[],
  sight: Sight,
  limits: HardeningLimits,
): NarrowedRule | null {
  const ends = (side: "source" | "destination") => distinct(flows.map((flow) => flow[side]));
  const source = narrowSide(
    { prefixes: before.sourceAddressPrefixes, groupIds: before.sourceApplicationSecurityGroupIds },
    ends("source"),
    sight,
    limits.mostPrefixes,
  );
  const destination = narrowSide(
    { prefixes: before.destinationAddressPrefixes, groupIds: before.destinationApplicationSecurityGroupIds },
    ends("destination"),
    sight,
    limits.mostPrefixes,
  );
  const ports = narrowPorts(before, flows, limits.mostPortRanges);
  const protocol = narrowProtocol(before, flows);
  const left =
    shareOf(source) *
    shareOf(destination) *
    (ports === null ? 1 : sizeOfIntervals(ports.after) / sizeOfIntervals(ports.before)) *
    (protocol === null ? 1 : WORTH);
  if (left > WORTH) return null;
  const after: SecurityRuleBody = {
    ...before,
    protocol: protocol ?? before.protocol,
    sourceAddressPrefixes: source?.prefixes ?? before.sourceAddressPrefixes,
    sourceApplicationSecurityGroupIds: source?.groupIds ?? before.sourceApplicationSecurityGroupIds,
    destinationAddressPrefixes: destination?.prefixes ?? before.destinationAddressPrefixes,
    destinationApplicationSecurityGroupIds: destination?.groupIds ?? before.destinationApplicationSecurityGroupIds,
    destinationPortRanges: ports === null ? before.destinationPortRanges : portTexts(ports.after),
  };
  return {
    after,
    reasons: [
      ...sideReasons("Source addresses", source),
      ...sideReasons("Destination addresses", destination),
      ...(ports === null
        ? []
        : [
            `Destination ports: ${number(sizeOfIntervals(ports.before))} before, ${number(sizeOfIntervals(ports.after))} after.`,
          ]),
      ...(protocol === null ? [] : [`Protocol: any before, ${protocol} after.`]),
    ],
  };
}

function narrowPorts(
  { destinationPortRanges }: SecurityRuleBody,
  flows: readonly SeenFlow[],
  mostRanges: number,
): { readonly before: IntervalSet; readonly after: IntervalSet } | null {
  const before = parsePortSet(destinationPortRanges, "rule");
  // Without the port of a flow nothing can be left out, and what Azure compares for protocols without ports is not documented.
  if (flows.some(({ firstPort, lastPort, protocol }) => firstPort !== lastPort || !hasPorts(protocol))) return null;
  const used = intervalSet(flows.map(({ firstPort, lastPort }) => [firstPort, lastPort] as const));
  const after = coverPorts(intersectionOfIntervals(used, before), before, mostRanges);
  return after === null || sizeOfIntervals(after) >= sizeOfIntervals(before) ? null : { before, after };
}

/** The one protocol that was used, where a rule can name it. */
function narrowProtocol(
  { protocol }: SecurityRuleBody,
  flows: readonly SeenFlow[],
): SecurityRuleBody["protocol"] | null {
  if (protocol !== "*") return null;
  const used = new Set(flows.map((flow) => flow.protocol));
  const [only] = used;
  return only === undefined || used.size > 1 ? null : (namedProtocols[only]?.name ?? null);
}

function hasPorts(protocol: number): boolean {
  const name = namedProtocols[protocol]?.name;
  return name === "Tcp" || name === "Udp";
}

function distinct(ends: readonly FlowEnd[]): FlowEnd[] {
  return [...new Map(ends.map((end) => [`${end.first} ${end.last}`, end])).values()];
}

function shareOf(side: NarrowedSide | null): number {
  return side === null ? 1 : side.sizeAfter / side.sizeBefore;
}

function sideReasons(name: string, side: NarrowedSide | null): string[] {
  if (side === null) return [];
  const into = side.groupIds.length > 0 ? "the members of one application security group" : number(side.sizeAfter);
  const unused = side.excess > 0 ? `, at ${number(side.excess)} of which nothing was seen` : "";
  return [`${name}: ${number(side.sizeBefore)} before, ${into} after${unused}.`];
}

function portTexts(set: IntervalSet): string[] {
  return rangesOf(set)
    .map(([first, last]) => (first === last ? String(first) : `${first}-${last}`))
    .sort();
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}
