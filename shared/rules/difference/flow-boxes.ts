import type { Diagram } from "../decision-diagram/diagram.ts";
import { tooComplex } from "../decision-diagram/work-limit.ts";
import { type IntervalSet, intervalSet, unionOfIntervals } from "../meaning/interval-set.ts";

/** Packets by a set of values for each level; null where any value will do. */
export type FlowBox = readonly (IntervalSet | null)[];

/** More boxes than people or alerts can use, before merging. */
const MOST_BOXES = 20_000;

/**
 * The packets that a diagram leads to one end, as boxes without overlap, merged where two differ in one level only.
 * Throws RefusedError `RulesTooComplex`.
 */
export function flowBoxes(diagram: Diagram, root: number, end: number): FlowBox[] {
  const boxes: FlowBox[] = [];
  const path: (IntervalSet | null)[] = diagram.levels.map(() => null);
  const reaches = new Map<number, boolean>();
  const leadsToEnd = (node: number): boolean => {
    if (diagram.isEnd(node)) return node === end;
    const known = reaches.get(node) ?? diagram.edgesOf(node).some(({ child }) => leadsToEnd(child));
    reaches.set(node, known);
    return known;
  };
  const visit = (node: number): void => {
    if (!leadsToEnd(node)) return;
    if (diagram.isEnd(node)) {
      if (boxes.length >= MOST_BOXES) throw tooComplex(MOST_BOXES);
      boxes.push([...path]);
      return;
    }
    const level = diagram.levelOf(node);
    for (const [child, set] of valuesByChild(diagram, node)) {
      path[level] = set;
      visit(child);
    }
    path[level] = null;
  };
  visit(root);
  return merged(boxes, diagram);
}

function valuesByChild(diagram: Diagram, node: number): Map<number, IntervalSet> {
  const ranges = new Map<number, [number, number][]>();
  let first = 0;
  for (const { last, child } of diagram.edgesOf(node)) {
    ranges.set(child, [...(ranges.get(child) ?? []), [first, last]]);
    first = last + 1;
  }
  return new Map([...ranges].map(([child, list]) => [child, intervalSet(list)]));
}

/** Joins boxes that differ in one level only, until none do. */
function merged(boxes: readonly FlowBox[], diagram: Diagram): FlowBox[] {
  let current = [...boxes];
  for (let before = -1; before !== current.length; ) {
    before = current.length;
    for (const [level, { last }] of diagram.levels.entries()) current = mergedAt(current, level, last);
  }
  return current;
}

function mergedAt(boxes: readonly FlowBox[], level: number, last: number): FlowBox[] {
  const groups = new Map<string, FlowBox>();
  for (const box of boxes) {
    const key = box.map((set, index) => (index === level ? "" : (set ?? "*"))).join(";");
    const known = groups.get(key);
    if (known === undefined) groups.set(key, box);
    else groups.set(key, known.with(level, unionAt(known[level] ?? null, box[level] ?? null, last)));
  }
  return [...groups.values()];
}

function unionAt(a: IntervalSet | null, b: IntervalSet | null, last: number): IntervalSet | null {
  if (a === null || b === null) return null;
  const union = unionOfIntervals(a, b);
  return union[0] === 0 && union[1] === last ? null : union;
}
