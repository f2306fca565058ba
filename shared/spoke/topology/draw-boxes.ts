import { linkStyles } from "./link-style.ts";
import { element, shape, textLine } from "./svg-element.ts";
import { fitted, wrapped } from "./text-width.ts";
import type { Topology } from "./topology.ts";
import type { PlacedSubnet, Span, TopologyLayout } from "./topology-layout.ts";

/** What stands: the networks outside, the firewall, and the spoke with its subnets. */
export function drawBoxes(topology: Topology, layout: TopologyLayout): string {
  const { columns, subnets, bottom } = layout;
  const first = subnets[0]?.rows.start ?? 0;
  const belowGateway = subnets[1]?.rows.start ?? first;
  const whole = { start: first, end: bottom };
  return [
    outside(columns.internal, whole, "Hub and internal networks", hubLines(topology)),
    outside(columns.internet, whole, "Internet and Azure services", []),
    columns.firewall === null
      ? ""
      : outside(columns.firewall, { start: belowGateway, end: bottom }, "Hub firewall", [
          topology.firewall ?? "",
          "default route of the tiers",
        ]),
    shape("rect", `Spoke ${topology.name}, ${topology.addressPrefix}`, {
      ...rectangle(columns.boxes, whole, 10),
      rx: 8,
      fill: "none",
      stroke: "#4d4d4d",
      "stroke-dasharray": "6 4",
    }),
    ...subnets.map((placed) => subnetBox(placed, layout)),
  ].join("");
}

function hubLines({ hub }: Topology): string[] {
  return hub === null ? ["no hub: not peered"] : [hub.name, ...hub.addressPrefixes.slice(0, 6)];
}

function outside(columns: Span, rows: Span, title: string, lines: readonly string[]): string {
  const width = columns.end - columns.start - 16;
  const at = { "text-anchor": "middle" };
  const x = (columns.start + columns.end) / 2;
  const heading = wrapped(title, width * 0.9);
  const texts = lines.flatMap((line) => wrapped(line, width));
  const room = Math.max(0, Math.floor((rows.end - rows.start - 14) / 17) - heading.length);
  const name = [title, ...lines].join(", ");
  return element(
    "g",
    {},
    shape("rect", name, { ...rectangle(columns, rows), rx: 4, fill: "#f0f0f0", stroke: "#4d4d4d" }),
    ...heading.map((line, index) => textLine(line, x, rows.start + 22 + index * 17, { ...at, "font-weight": "bold" })),
    ...texts
      .slice(0, room)
      .map((line, index) => textLine(line, x, rows.start + 26 + (heading.length + index) * 17, at)),
  );
}

function subnetBox({ subnet, rows, details }: PlacedSubnet, { columns, lineHeight }: TopologyLayout): string {
  const { start, end } = columns.boxes;
  const x = start + 12;
  const width = end - start - 24;
  const baseline = (line: number) => rows.start + 22 + line * lineHeight;
  const name = [subnet.title, ...subnet.lines, ...details.map(({ text }) => text)].join(", ");
  return element(
    "g",
    {},
    shape("rect", name, { ...rectangle(columns.boxes, rows), rx: 4, fill: "#ffffff", stroke: "#1a1a1a" }),
    textLine(subnet.title, x, baseline(0), { "font-weight": "bold", "font-size": 14 }),
    ...subnet.lines.map((line, index) => textLine(fitted(line, width), x, baseline(1 + index))),
    ...details.map(({ state, text }, index) =>
      textLine(text, x, baseline(1 + subnet.lines.length + index), {
        fill: linkStyles[state].color,
        "font-weight": state === "passes" ? "normal" : "bold",
      }),
    ),
  );
}

function rectangle(columns: Span, rows: Span, around = 0) {
  return {
    x: columns.start - around,
    y: rows.start - around,
    width: columns.end - columns.start + 2 * around,
    height: rows.end - rows.start + 2 * around,
  };
}
