import { linkStyles } from "./link-style.ts";
import { wrapped } from "./text-width.ts";
import type { LinkState, Topology, TopologyLink, TopologySubnet } from "./topology.ts";

/** Pixels. */
const sizes = {
  margin: 24,
  top: 96,
  outsideWidth: 150,
  firewallWidth: 110,
  boxWidth: 340,
  gap: 180,
  betweenRows: 46,
  labelHeight: 15,
  lineHeight: 17,
  laneEndHeight: 14,
  laneWidth: 24,
} as const;

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A subnet's box, with the links that reach it from outside: each at its height. */
export interface PlacedSubnet {
  readonly subnet: TopologySubnet;
  readonly rows: Span;
  readonly details: readonly { readonly state: LinkState; readonly text: string }[];
  readonly internal: readonly PlacedLink[];
  readonly internet: readonly PlacedLink[];
}

export interface PlacedLink {
  readonly link: TopologyLink;
  readonly y: number;
  /** The text above the line, from the top. */
  readonly label: readonly string[];
}

/** A link from a subnet to the next one, in the space between both. */
export interface ChainLink {
  readonly link: TopologyLink;
  readonly rows: Span;
  readonly label: readonly string[];
}

/** A link between subnets that are no neighbours: out to the right, along a lane of its own, and back. */
export interface LaneLink {
  readonly link: TopologyLink;
  readonly number: number;
  readonly fromY: number;
  readonly toY: number;
  readonly x: number;
}

export interface TopologyLayout {
  readonly width: number;
  /** Where the drawing ends and legend and lists begin. */
  readonly bottom: number;
  readonly margin: number;
  readonly lineHeight: number;
  readonly subnets: readonly PlacedSubnet[];
  readonly chain: readonly ChainLink[];
  readonly lanes: readonly LaneLink[];
  readonly columns: {
    readonly internal: Span;
    readonly boxes: Span;
    /** What reaches a subnet from the right ends here. */
    readonly firewall: Span | null;
    readonly internet: Span;
    /** Right of the lanes: texts of links to the right begin here. */
    readonly afterLanes: number;
  };
}

/** Finds a place for everything, so that no two texts lie over each other, whatever there is. */
export function layOut({ subnets, links, firewall }: Topology): TopologyLayout {
  const rankOf = new Map(subnets.map(({ name }, rank) => [name, rank]));
  const next = ({ from, to }: TopologyLink) => rankOf.get(to) === (rankOf.get(from) ?? Number.NaN) + 1;
  const chain = new Map<string, TopologyLink>();
  const beside: TopologyLink[] = [];
  for (const link of links.filter(({ from, to }) => rankOf.has(from) && rankOf.has(to))) {
    if (next(link) && !chain.has(link.from)) chain.set(link.from, link);
    else beside.push(link);
  }
  const rows: PlacedSubnet[] = [];
  const chainLinks: ChainLink[] = [];
  const laneEnds = new Map<string, number>();
  let y: number = sizes.top;
  for (const subnet of subnets) {
    const reaching = (side: string) =>
      links.filter(({ from, to }) => [from, to].includes(subnet.name) && [from, to].includes(side));
    const internal = inSlots(reaching("internal"), y);
    const internet = inSlots(reaching("internet"), y);
    const details = subnet.details.flatMap(({ state, text }) =>
      wrapped(`${linkStyles[state].prefix}${text}`, sizes.boxWidth - 24).map((line) => ({ state, text: line })),
    );
    const ends = beside.filter(({ from, to }) => [from, to].includes(subnet.name)).length;
    const heights = [
      14 + sizes.lineHeight * (1 + subnet.lines.length + details.length),
      internal.height,
      internet.height + ends * sizes.laneEndHeight,
    ];
    const end = y + Math.max(...heights) + 4;
    rows.push({ subnet, rows: { start: y, end }, details, internal: internal.placed, internet: internet.placed });
    laneEnds.set(subnet.name, y + internet.height + 6);
    const link = chain.get(subnet.name);
    const label = link === undefined ? [] : labelOf(link, sizes.boxWidth / 2 - 16);
    y = end + Math.max(sizes.betweenRows, label.length * sizes.labelHeight + 16);
    if (link !== undefined) chainLinks.push({ link, rows: { start: end, end: y }, label });
  }
  const boxesStart = sizes.margin + sizes.outsideWidth + sizes.gap;
  const boxes = { start: boxesStart, end: boxesStart + sizes.boxWidth };
  const lanes = inLanes(beside, laneEnds, boxes.end);
  const afterLanes = Math.max(boxes.end, ...lanes.map(({ x }) => x + 12));
  const labelsEnd = afterLanes + sizes.gap;
  const firewallColumn = firewall === null ? null : { start: labelsEnd, end: labelsEnd + sizes.firewallWidth };
  const internetStart = firewallColumn === null ? labelsEnd : firewallColumn.end + 40;
  const internet = { start: internetStart, end: internetStart + sizes.outsideWidth };
  return {
    width: internet.end + sizes.margin,
    bottom: rows.at(-1)?.rows.end ?? y,
    margin: sizes.margin,
    lineHeight: sizes.lineHeight,
    subnets: rows,
    chain: chainLinks,
    lanes,
    columns: {
      internal: { start: sizes.margin, end: sizes.margin + sizes.outsideWidth },
      boxes,
      firewall: firewallColumn,
      internet,
      afterLanes,
    },
  };
}

/** Links below one another, each with room for its text. */
function inSlots(links: readonly TopologyLink[], top: number): { placed: PlacedLink[]; height: number } {
  let y = top + 6;
  const placed = links.map((link) => {
    const label = labelOf(link, sizes.gap - 24);
    y += label.length * sizes.labelHeight + 11;
    return { link, y: y - 4, label };
  });
  return { placed, height: y + 4 - top };
}

function labelOf({ state, text }: TopologyLink, width: number): string[] {
  // A protocol stays with its port.
  const whole = text.replaceAll(/(?<!,) /g, "\u00a0");
  return wrapped(`${linkStyles[state].prefix}${whole}`, width).map((line) => line.replaceAll("\u00a0", " "));
}

/** Each link takes the first lane that is free along its whole way. */
function inLanes(links: readonly TopologyLink[], ends: Map<string, number>, start: number): LaneLink[] {
  const endAt = (subnet: string) => {
    const y = ends.get(subnet) ?? 0;
    ends.set(subnet, y + sizes.laneEndHeight);
    return y;
  };
  const placed = links.map((link, index) => ({
    link,
    number: index + 1,
    fromY: endAt(link.from),
    toY: endAt(link.to),
  }));
  const taken: Span[][] = [];
  return placed.map((one) => {
    const span = { start: Math.min(one.fromY, one.toY) - 4, end: Math.max(one.fromY, one.toY) + 4 };
    const free = taken.findIndex((lane) => lane.every((other) => other.end < span.start || span.end < other.start));
    const lane = free < 0 ? taken.length : free;
    taken[lane] = [...(taken[lane] ?? []), span];
    return { ...one, x: start + (lane + 1) * sizes.laneWidth };
  });
}
