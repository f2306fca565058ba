import { intersectionOfIntervals, intervalSetHolds } from "../meaning/interval-set.ts";
import { privateAddresses } from "../meaning/reading.ts";
import { INTERNET, VIRTUAL_NETWORK } from "../meaning/service-tags.ts";
import type { Diagram } from "./diagram.ts";
import { SAME } from "./diagram.ts";
import type { Region } from "./joint-walk.ts";
import { fieldLevels, type Side, zones } from "./level.ts";

/**
 * A region of the packets of a set that is not empty: private addresses where there are some, and zones that fit to the
 * addresses. Every node of a reduced diagram leads to both ends, so that the first choice is never taken back.
 */
export function plainestRegion(diagram: Diagram, set: number): Region {
  const region: Region = diagram.levels.map(({ last }) => [0, last]);
  for (let node = set; !diagram.isEnd(node); ) {
    const level = diagram.levelOf(node);
    const pieces: { range: Region[number]; child: number }[] = [];
    let first = 0;
    for (const { last, child } of diagram.edgesOf(node)) {
      if (child !== SAME) pieces.push({ range: [first, last], child });
      first = last + 1;
    }
    const chosen = pieces.find(({ range }) => isPlain(diagram, level, range, region)) ?? pieces[0];
    if (chosen === undefined) throw new RangeError("a node leads to one end only");
    region[level] = chosen.range;
    node = chosen.child;
  }
  return region;
}

function isPlain(diagram: Diagram, level: number, range: Region[number], region: Region): boolean {
  if (level === fieldLevels.source || level === fieldLevels.destination) return holdsPrivate(range);
  const name = diagram.levels[level]?.name ?? "";
  if (!name.endsWith(" zone")) return true;
  const side = name.slice(0, -" zone".length) as Side;
  const inside = holdsPrivate(region[fieldLevels[side]] as Region[number]);
  return intervalSetHolds(range, zones[inside ? VIRTUAL_NETWORK : INTERNET]);
}

const holdsPrivate = (range: Region[number]): boolean => intersectionOfIntervals(range, privateAddresses).length > 0;
