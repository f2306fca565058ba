import type { Diagram } from "./diagram.ts";
import { tooComplex, WORK_LIMIT } from "./work-limit.ts";

/**
 * The diagram whose end is `endOf` of the ends that both nodes lead the same packet to. `endOf(0, 0)` must be 0.
 * Throws RefusedError `RulesTooComplex`.
 */
export function combine(
  diagram: Diagram,
  first: number,
  second: number,
  endOf: (first: number, second: number) => number,
  workLimit = WORK_LIMIT,
): number {
  const known = new Map<string, number>();
  let work = 0;
  const visit = (a: number, b: number): number => {
    if (diagram.isEnd(a) && diagram.isEnd(b)) return endOf(a, b);
    const key = `${a} ${b}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const level = Math.min(diagram.levelOf(a), diagram.levelOf(b));
    const lasts: number[] = [];
    const children: number[] = [];
    for (const { last, a: childOfA, b: childOfB } of alignedEdges(diagram, level, a, b)) {
      work += 1;
      if (work > workLimit) throw tooComplex(workLimit);
      const child = visit(childOfA, childOfB);
      if (child === children.at(-1)) lasts[lasts.length - 1] = last;
      else {
        lasts.push(last);
        children.push(child);
      }
    }
    const node = diagram.node(level, lasts, children);
    known.set(key, node);
    return node;
  };
  return visit(first, second);
}

/** Both nodes' edges at a level, cut at the borders of either; a node that asks later has one edge, to itself. */
function* alignedEdges(diagram: Diagram, level: number, a: number, b: number) {
  const end = diagram.levels[level]?.last ?? 0;
  const edges = (node: number) =>
    diagram.levelOf(node) === level ? diagram.edgesOf(node) : [{ last: end, child: node }];
  const ofA = edges(a);
  const ofB = edges(b);
  for (let i = 0, j = 0; i < ofA.length && j < ofB.length; ) {
    const edgeOfA = ofA[i] as { last: number; child: number };
    const edgeOfB = ofB[j] as { last: number; child: number };
    const last = Math.min(edgeOfA.last, edgeOfB.last);
    yield { last, a: edgeOfA.child, b: edgeOfB.child };
    if (edgeOfA.last === last) i += 1;
    if (edgeOfB.last === last) j += 1;
  }
}
