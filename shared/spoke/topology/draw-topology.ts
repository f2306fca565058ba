import type { ConnectivityStatus } from "../../domain/connectivity.ts";
import { drawBoxes } from "./draw-boxes.ts";
import { drawLinks } from "./draw-links.ts";
import { drawNotes } from "./draw-notes.ts";
import { element, shape, textLine, xmlText } from "./svg-element.ts";
import { fontSize } from "./text-width.ts";
import type { LinkState, Topology } from "./topology.ts";
import { layOut } from "./topology-layout.ts";

const statusSentences: Readonly<Record<ConnectivityStatus, string>> = {
  Proven: "Proven: what is meant passes, and nothing else does.",
  Refuted: "Refuted: the network does not let pass exactly what is meant.",
  Unknown: "Unknown: a network security group could not be read.",
  NotBuilt: "Not built: this is what is meant; nothing stands yet.",
};

/**
 * A spoke as an SVG picture for screen and paper: hub and internal networks on the left, the subnets in the order of the
 * traffic, the way out on the right; legend, and in words what refutes it. It refers to nothing outside itself.
 */
export function drawTopology(topology: Topology): string {
  const layout = layOut(topology);
  const notes = drawNotes(topology, layout);
  const height = notes.bottom + layout.margin;
  const { width } = layout;
  const title = `Spoke ${topology.name}`;
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: "img",
      "aria-labelledby": "title desc",
      "font-family": "Arial, Helvetica, Liberation Sans, sans-serif",
      "font-size": fontSize,
      fill: "#1a1a1a",
    },
    element("title", { id: "title" }, xmlText(title)),
    element("desc", { id: "desc" }, xmlText(description(topology))),
    shape("rect", title, { x: 0, y: 0, width, height, fill: "#ffffff" }),
    textLine(`${title}  ${topology.addressPrefix}`, layout.margin, 40, { "font-size": 22, "font-weight": "bold" }),
    textLine(statusSentences[topology.status], layout.margin, 63, { "font-size": 14, "font-weight": "bold" }),
    textLine(`Azure was asked at ${topology.observedAt}.`, layout.margin, 82),
    drawBoxes(topology, layout),
    drawLinks(layout, topology.status),
    notes.markup,
  );
}

function description({ status, subnets, links, refutations }: Topology): string {
  const names = subnets.map(({ title }) => title).join(", ");
  const count = (state: LinkState) => links.filter((link) => link.state === state).length;
  const counts = `${count("passes")} pass as meant, ${count("held-back")} are held back, ${count("unintended")} are not meant, ${count("unknown")} are not known`;
  return [`${statusSentences[status]} ${names}. Links: ${counts}.`, ...refutations].join(" ");
}
