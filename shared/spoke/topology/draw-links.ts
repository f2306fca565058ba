import type { ConnectivityStatus } from "../../domain/connectivity.ts";
import { arrow, linkStyles } from "./link-style.ts";
import { element, shape, textLine } from "./svg-element.ts";
import type { TopologyLink } from "./topology.ts";
import type { ChainLink, LaneLink, PlacedLink, TopologyLayout } from "./topology-layout.ts";

/** Every link as an arrow with its ports; in lanes with a number, which the list below the picture explains. */
export function drawLinks(layout: TopologyLayout, status: ConnectivityStatus): string {
  const { chain, lanes, subnets } = layout;
  return [
    ...lanes.map((lane) => laneArrow(lane, layout)),
    ...chain.map((link) => chainArrow(link, layout)),
    ...subnets.flatMap(({ internal }) => internal.map((placed) => leftArrow(placed, layout))),
    ...subnets.flatMap(({ internet }, index) => internet.map((placed) => rightArrow(placed, index, layout))),
    firewallArrow(layout, status),
    // Over all lines, so that none crosses out a number.
    ...lanes.map(laneNumber),
  ].join("");
}

function chainArrow({ link, rows, label }: ChainLink, { columns }: TopologyLayout): string {
  const x = (columns.boxes.start + columns.boxes.end) / 2;
  const last = (rows.start + rows.end) / 2 + 4 + ((label.length - 1) * 15) / 2;
  return element(
    "g",
    {},
    arrow(
      [
        [x, rows.start],
        [x, rows.end],
      ],
      link.state,
      link.title,
    ),
    ...labelLines(link, label, x + 12, last),
  );
}

function leftArrow(placed: PlacedLink, { columns }: TopologyLayout): string {
  const [outer, inner] = [columns.internal.end, columns.boxes.start];
  const ends = placed.link.from === "internal" ? ([outer, inner] as const) : ([inner, outer] as const);
  return levelArrow(placed, ends, outer + 12);
}

/** The gateway's own traffic passes no firewall: its subnet has no route to it. */
function rightArrow(placed: PlacedLink, index: number, { columns }: TopologyLayout): string {
  const inner = columns.boxes.end;
  const outer = index === 0 || columns.firewall === null ? columns.internet.start : columns.firewall.start;
  const ends = placed.link.from === "internet" ? ([outer, inner] as const) : ([inner, outer] as const);
  return levelArrow(placed, ends, columns.afterLanes + 14);
}

function levelArrow({ link, y, label }: PlacedLink, [start, end]: readonly [number, number], labelAt: number): string {
  return element(
    "g",
    {},
    arrow(
      [
        [start, y],
        [end, y],
      ],
      link.state,
      link.title,
    ),
    ...labelLines(link, label, labelAt, y - 5),
  );
}

function firewallArrow({ columns, subnets, bottom }: TopologyLayout, status: ConnectivityStatus): string {
  if (columns.firewall === null) return "";
  const y = ((subnets[1]?.rows.start ?? bottom) + bottom) / 2;
  const state = status === "NotBuilt" ? "unknown" : "passes";
  return arrow(
    [
      [columns.firewall.end, y],
      [columns.internet.start, y],
    ],
    state,
    "What the hub's firewall lets out",
  );
}

function laneArrow({ link, fromY, toY, x }: LaneLink, { columns }: TopologyLayout): string {
  const edge = columns.boxes.end;
  return arrow(
    [
      [edge, fromY],
      [x, fromY],
      [x, toY],
      [edge, toY],
    ],
    link.state,
    link.title,
  );
}

function laneNumber({ link, number, fromY, toY, x }: LaneLink): string {
  const y = (fromY + toY) / 2;
  const { color } = linkStyles[link.state];
  return element(
    "g",
    {},
    shape("circle", `${number}: ${link.title}`, { cx: x, cy: y, r: 10, fill: "#ffffff", stroke: color }),
    textLine(String(number), x, y + 4, { "text-anchor": "middle", "font-size": 11, fill: color }),
  );
}

/** Lines of text of which the last has its base line at `y`. */
function labelLines({ state }: TopologyLink, lines: readonly string[], x: number, y: number): string[] {
  const look = { fill: linkStyles[state].color, "font-weight": state === "passes" ? "normal" : "bold" };
  return lines.map((line, index) => textLine(line, x, y - (lines.length - 1 - index) * 15, look));
}
