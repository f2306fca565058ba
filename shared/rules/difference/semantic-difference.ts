import { suspectBoxes } from "../compare/suspect-boxes.ts";
import { BoxPool } from "../decision-diagram/box-pool.ts";
import { compileBoxes, levelsOf } from "../decision-diagram/compile-boxes.ts";
import { FIRST_ALLOWS, SECOND_ALLOWS } from "../decision-diagram/diagram.ts";
import { JointWalk } from "../decision-diagram/joint-walk.ts";
import type { Level } from "../decision-diagram/level.ts";
import { type Direction, directions, type MeaningRule, type SecurityGroupMeaning } from "../meaning/meaning-rule.ts";
import { type Reading, readAs } from "../meaning/reading.ts";
import { type Flow, flowOf } from "./flow.ts";
import { type FlowBox, flowBoxes } from "./flow-boxes.ts";
import type { NamedAddresses } from "./name-addresses.ts";

/** What a change of rules means, most dangerous first; both lists are empty exactly when it means nothing. */
export interface SemanticDifference {
  /** Flows that pass now and did not. */
  readonly gained: readonly Flow[];
  /** Flows that passed and do not now. */
  readonly lost: readonly Flow[];
}

/**
 * The flows that pass before and not after a change, and the other way round, over all packets and without overlap.
 * `reading` gives the addresses of tags and ASGs that are known; the others stay symbols and are named.
 * Throws RefusedError `RulesTooComplex`.
 */
export function semanticDifference(
  before: SecurityGroupMeaning,
  after: SecurityGroupMeaning,
  names: readonly NamedAddresses[],
  reading: Reading = new Map(),
): SemanticDifference {
  const parts = directions.map((direction) =>
    ofDirection(readAs(before[direction], reading), readAs(after[direction], reading), direction, names),
  );
  const ordered = (flows: Flow[]) => flows.sort((x, y) => y.danger - x.danger || (x.text < y.text ? -1 : 1));
  return {
    gained: ordered(parts.flatMap(({ gained }) => gained)),
    lost: ordered(parts.flatMap(({ lost }) => lost)),
  };
}

function ofDirection(
  before: readonly MeaningRule[],
  after: readonly MeaningRule[],
  direction: Direction,
  names: readonly NamedAddresses[],
): { gained: Flow[]; lost: Flow[] } {
  const { levels, boxes } = differingBoxes(before, after);
  const flows = (end: number) => boxes(end).map((box) => flowOf(box, levels, direction, names));
  return { gained: flows(SECOND_ALLOWS), lost: flows(FIRST_ALLOWS) };
}

/** The packets that only the first (`FIRST_ALLOWS`) or only the second list allows, as boxes without overlap. */
export function differingBoxes(
  before: readonly MeaningRule[],
  after: readonly MeaningRule[],
): { readonly levels: readonly Level[]; readonly boxes: (end: number) => FlowBox[] } {
  const pool = new BoxPool(levelsOf([before, after]));
  const first = compileBoxes(pool, before);
  const second = compileBoxes(pool, after);
  const walk = new JointWalk(pool, { suspects: suspectBoxes(first, second, pool.count) });
  const root = walk.run(first, second);
  return { levels: pool.levels, boxes: (end) => flowBoxes(walk.diagram, root, end) };
}
