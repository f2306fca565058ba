import { arrow, linkStyles } from "./link-style.ts";
import { textLine } from "./svg-element.ts";
import { wrapped } from "./text-width.ts";
import type { LinkState, Topology } from "./topology.ts";
import type { TopologyLayout } from "./topology-layout.ts";

/** Below the picture: legend, what the numbers of lanes mean, and what refutes the spoke. */
export function drawNotes(
  { refutations }: Topology,
  { width, margin, bottom, lineHeight, lanes }: TopologyLayout,
): { readonly markup: string; readonly bottom: number } {
  const parts: string[] = [];
  let y = bottom + 44;
  const heading = (text: string) => {
    parts.push(textLine(text, margin, y, { "font-weight": "bold", "font-size": 14 }));
    y += lineHeight + 4;
  };
  const sentence = (text: string) => {
    for (const line of wrapped(text, width - 2 * margin)) {
      parts.push(textLine(line, margin, y));
      y += lineHeight;
    }
  };
  heading("Legend");
  for (const state of Object.keys(linkStyles) as LinkState[]) {
    const { prefix, meaning, color } = linkStyles[state];
    parts.push(
      arrow(
        [
          [margin, y - 4],
          [margin + 70, y - 4],
        ],
        state,
        `Legend: ${meaning}`,
      ),
    );
    parts.push(textLine(prefix === "" ? meaning : `${prefix.trim()}: ${meaning}`, margin + 84, y, { fill: color }));
    y += lineHeight + 2;
  }
  sentence("Coloured lines inside a subnet's box tell what happens at it alone.");
  if (lanes.length > 0) {
    y += lineHeight;
    heading("Between tiers that are not neighbours");
    for (const { number, link } of lanes) sentence(`${number}  ${linkStyles[link.state].prefix}${laneWords(link)}`);
  }
  if (refutations.length > 0) {
    y += lineHeight;
    heading("What refutes it");
    for (const text of refutations) sentence(text);
  }
  return { markup: parts.join(""), bottom: y };
}

function laneWords({ from, to, text }: { from: string; to: string; text: string }): string {
  return `${from} to ${to}: ${text}`;
}
