import { ALLOW_ALL, type BoxPool, DENY_ALL } from "../decision-diagram/box-pool.ts";
import { SAME } from "../decision-diagram/diagram.ts";
import { ifInTime } from "../decision-diagram/if-in-time.ts";
import { JointWalk } from "../decision-diagram/joint-walk.ts";

/** A run that costs more than this is left to the walk over all. */
const RUN_WORK_LIMIT = 100_000;

interface Run {
  readonly boxes: readonly number[];
  readonly suspects: number;
}

/**
 * Clears suspects of runs that say the same in both lists: a run (neighbours of equal access) whose common boxes are those
 * of a run of the other list stands at the same place there, and if both meet the same packets no packet of it can be
 * treated differently. So a rule that was only split or written in another way costs a look at its neighbours. A box that
 * stands in both lists but moved out of its run stays suspect: a packet may be decided on by it in the one place only.
 */
export function clearEqualRuns(
  pool: BoxPool,
  first: readonly number[],
  second: readonly number[],
  suspects: Uint8Array,
): void {
  const runsOfSecond = new Map(runsOf(pool, second, suspects).map((run) => [commonBoxes(run, suspects), run]));
  const [inFirst, inSecond] = [new Set(first), new Set(second)];
  for (const run of runsOf(pool, first, suspects)) {
    const common = commonBoxes(run, suspects);
    const other = runsOfSecond.get(common);
    if (common === "" || other === undefined || run.suspects + other.suspects === 0) continue;
    if (hasMovedAway(run, other, inSecond, suspects) || hasMovedAway(other, run, inFirst, suspects)) continue;
    if (!meetSame(pool, run, other, suspects)) continue;
    for (const box of run.boxes) suspects[box] = 0;
    for (const box of other.boxes) suspects[box] = 0;
  }
}

/** Whether a suspect of the run stands in the other list too, but not in the run of the same place. */
function hasMovedAway(run: Run, other: Run, inOtherList: ReadonlySet<number>, suspects: Uint8Array): boolean {
  return run.boxes.some((box) => suspects[box] === 1 && inOtherList.has(box) && !other.boxes.includes(box));
}

function runsOf(pool: BoxPool, boxes: readonly number[], suspects: Uint8Array): Run[] {
  const runs: Run[] = [];
  let start = 0;
  for (let index = 1; index <= boxes.length; index += 1) {
    if (index < boxes.length && pool.access[boxes[index] as number] === pool.access[boxes[start] as number]) continue;
    const run = boxes.slice(start, index);
    runs.push({ boxes: run, suspects: run.filter((box) => suspects[box] === 1).length });
    start = index;
  }
  return runs;
}

/** Runs of the other list are found by these; boxes of a run stand by number, so that the text is the same. */
function commonBoxes(run: Run, suspects: Uint8Array): string {
  return run.boxes.filter((box) => suspects[box] === 0).join(" ");
}

function meetSame(pool: BoxPool, a: Run, b: Run, suspects: Uint8Array): boolean {
  const changed = [...a.boxes, ...b.boxes].filter((box) => suspects[box] === 1);
  const near = (run: Run) => run.boxes.filter((box) => changed.some((one) => pool.meet(box, one)));
  const ending = pool.access[a.boxes[0] as number] === 1 ? DENY_ALL : ALLOW_ALL;
  const walk = new JointWalk(pool, { suspects, stopAtFirst: true, workLimit: RUN_WORK_LIMIT });
  return ifInTime(() => walk.run([...near(a), ending], [...near(b), ending])) === SAME;
}
