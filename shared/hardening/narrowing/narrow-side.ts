import { ipv4Address } from "../../domain/address-prefix.ts";
import { parseAddressSet } from "../../rules/meaning/address-set.ts";
import {
  holdsIntervals,
  type IntervalSet,
  intervalSet,
  rangesOf,
  sizeOfIntervals,
  unionOfIntervals,
} from "../../rules/meaning/interval-set.ts";
import { INTERNET, VIRTUAL_NETWORK } from "../../rules/meaning/service-tags.ts";
import { symbolOfGroup } from "../../rules/spoke-proof/place.ts";
import { type FlowEnd, heldBy } from "../judging/flow-end.ts";
import type { Sight } from "../judging/possible-deciders.ts";
import { type Block, coverPrefixes, sizeOf } from "./cover-prefixes.ts";
import { justifiedBlock, knownPlaces } from "./justified-block.ts";

/** One side of a rule, in the form in which the tool writes rules. */
export interface RuleSide {
  readonly prefixes: readonly string[];
  readonly groupIds: readonly string[];
}

/** What one side would be, and how many addresses it had and would have. */
export interface NarrowedSide extends RuleSide {
  readonly sizeBefore: number;
  readonly sizeAfter: number;
  /** Of the addresses that it would have, those at which nothing was seen. */
  readonly excess: number;
}

/** Ends beyond which a side is not narrowed: a rule with so many is for everyone. */
const MOST_ENDS = 4096;

/**
 * The smallest side that holds the ends at which the rule was used: the one application security group that all of them
 * joined, else known places and prefixes inside the side as it is. Null where it stays as it is: groups and
 * tags whose members are not known, and where it would become no smaller.
 */
export function narrowSide(
  side: RuleSide,
  ends: readonly FlowEnd[],
  sight: Sight,
  mostPrefixes: number,
): NarrowedSide | null {
  const region = regionOf(side, sight);
  if (region === null || ends.length > MOST_ENDS || !ends.every((end) => heldBy(region, end) === "in")) return null;
  const sizeBefore = sizeOfIntervals(region);
  const seen = sizeOfIntervals(intervalSet(ends.map(({ first, last }) => [first, last])));
  const group = commonGroup(ends, region, sight);
  if (group !== null && group.size < sizeBefore) {
    const excess = Math.max(0, group.size - seen);
    return { prefixes: [], groupIds: [group.id], sizeBefore, sizeAfter: group.size, excess };
  }
  const places = knownPlaces(sight.addresses.context);
  const used = intervalSet(ends.flatMap((end) => rangesOf(justifiedBlock(end, places, region))));
  const cover = coverPrefixes(used, region, mostPrefixes);
  if (cover === null) return null;
  const sizeAfter = cover.reduce((sum, block) => sum + sizeOf(block), 0);
  if (sizeAfter >= sizeBefore) return null;
  return { prefixes: cover.map(blockText).sort(), groupIds: [], sizeBefore, sizeAfter, excess: sizeAfter - seen };
}

/** The addresses that a side certainly names; null where it names what is not known. */
function regionOf({ prefixes, groupIds }: RuleSide, { addresses, subnet }: Sight): IntervalSet | null {
  if (groupIds.length > 0) return null;
  const { intervals, symbols } = parseAddressSet(prefixes, [], "rule");
  if (!symbols.every((symbol) => symbol === VIRTUAL_NETWORK || symbol === INTERNET)) return null;
  return symbols.reduce((all, symbol) => unionOfIntervals(all, addresses.certainly(symbol, subnet)), intervals);
}

/** The group of a tier that all ends joined, where the side holds the tier's whole subnet. */
function commonGroup(ends: readonly FlowEnd[], region: IntervalSet, { addresses, subnet }: Sight) {
  for (const tier of addresses.context.tiers) {
    const members = addresses.subnet(tier.name);
    if (!holdsIntervals(region, members)) continue;
    const symbol = symbolOfGroup(tier.applicationSecurityGroupId);
    const isGroup = ends.every(
      (end) => heldBy(members, end) === "in" && addresses.membership(end, symbol, subnet) === "in",
    );
    if (isGroup) return { id: tier.applicationSecurityGroupId, size: sizeOfIntervals(members) };
  }
  return null;
}

function blockText({ first, length }: Block): string {
  return length === 0 ? "*" : `${ipv4Address(first)}/${length}`;
}
