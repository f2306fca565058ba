import { createHash } from "node:crypto";
import type { MeaningRule } from "../meaning/meaning-rule.ts";
import { BoxPool, DENY_ALL } from "./box-pool.ts";
import { compileBoxes, levelsOf } from "./compile-boxes.ts";
import type { Diagram } from "./diagram.ts";
import { JointWalk } from "./joint-walk.ts";

/**
 * A hash of what the rules of one direction mean: two rule lists have the same one exactly when they allow the same
 * packets, however they are written, in this process or another. Throws RefusedError `RulesTooComplex`.
 */
export function fingerprint(rules: readonly MeaningRule[], workLimit?: number): string {
  const { diagram, root } = allowedPackets(rules, workLimit);
  return contentHash(diagram, root);
}

/** The diagram of the packets that the rules of one direction allow. Throws RefusedError `RulesTooComplex`. */
export function allowedPackets(
  rules: readonly MeaningRule[],
  workLimit?: number,
): { readonly diagram: Diagram; readonly root: number } {
  const pool = new BoxPool(levelsOf([rules]));
  const walk = new JointWalk(pool, workLimit === undefined ? {} : { workLimit });
  const root = walk.run(compileBoxes(pool, rules), [DENY_ALL]);
  return { diagram: walk.diagram, root };
}

/** Numbers nodes in the order of a walk from the root, so that neither the store's history nor other nodes count. */
function contentHash(diagram: Diagram, root: number): string {
  const hash = createHash("sha256");
  const numbers = new Map<number, number>();
  const visit = (node: number): string => {
    if (diagram.isEnd(node)) return `=${node}`;
    const known = numbers.get(node);
    if (known !== undefined) return String(known);
    const edges = diagram.edgesOf(node).map(({ last, child }) => `${last}>${visit(child)}`);
    const number = numbers.size;
    numbers.set(node, number);
    hash.update(`${diagram.levels[diagram.levelOf(node)]?.name}:${edges.join(",")}\n`);
    return String(number);
  };
  hash.update(visit(root));
  return hash.digest("hex");
}
