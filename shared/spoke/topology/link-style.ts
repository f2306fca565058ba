import { element, shape } from "./svg-element.ts";
import type { LinkState } from "./topology.ts";

interface LinkStyle {
  readonly color: string;
  readonly width: number;
  readonly dashes: string;
  /** Stands before the text of a link, so that its state is told by words too. */
  readonly prefix: string;
  readonly meaning: string;
}

/** Colours have a contrast of at least 4.5:1 on white, and every state differs by its line and its words as well. */
export const linkStyles: Readonly<Record<LinkState, LinkStyle>> = {
  passes: { color: "#0b4f8a", width: 1.5, dashes: "none", prefix: "", meaning: "is meant to pass, and passes" },
  "held-back": {
    color: "#8a4100",
    width: 2,
    dashes: "2 4",
    prefix: "HELD BACK ",
    meaning: "is meant to pass, and does not",
  },
  unintended: {
    color: "#a80022",
    width: 3.5,
    dashes: "10 5",
    prefix: "UNINTENDED ",
    meaning: "passes, and is not meant to",
  },
  unknown: { color: "#4d4d4d", width: 1.5, dashes: "8 3 2 3", prefix: "? ", meaning: "is meant to pass; not known" },
};

/** A line along points, the last of them the tip of an arrow. */
export function arrow(points: readonly (readonly [number, number])[], state: LinkState, title: string): string {
  const { color, width, dashes } = linkStyles[state];
  const [tip, before] = [points.at(-1) ?? [0, 0], points.at(-2) ?? [0, 0]];
  const along = Math.sign(tip[0] - before[0]);
  const down = Math.sign(tip[1] - before[1]);
  const corner = (side: number) => `${tip[0] - 9 * along - 5 * side * down},${tip[1] - 9 * down - 5 * side * along}`;
  const name = `${linkStyles[state].prefix}${title}`;
  return element(
    "g",
    {},
    shape("polyline", name, {
      points: points.map((point) => point.join(",")).join(" "),
      fill: "none",
      stroke: color,
      "stroke-width": width,
      "stroke-dasharray": dashes,
    }),
    shape("polygon", name, { points: `${tip.join(",")} ${corner(1)} ${corner(-1)}`, fill: color }),
  );
}
