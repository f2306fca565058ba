import { type AddressSet, LAST_ADDRESS } from "../meaning/address-set.ts";
import type { IntervalSet } from "../meaning/interval-set.ts";
import type { MeaningRule } from "../meaning/meaning-rule.ts";
import { LAST_PORT } from "../meaning/port-set.ts";
import { type BoxPool, DENY_ALL } from "./box-pool.ts";
import { fieldLevels, levelsWith, type Side, symbolLevel } from "./level.ts";

/** The levels that these rules ask about. Symbols of rules behind one that meets every packet are left out. */
export function levelsOf(ruleLists: readonly (readonly MeaningRule[])[]): ReturnType<typeof levelsWith> {
  const names = new Set<string>();
  for (const rule of ruleLists.flatMap(reachableRules)) {
    for (const symbol of rule.source.symbols) names.add(symbolLevel("source", symbol).name);
    for (const symbol of rule.destination.symbols) names.add(symbolLevel("destination", symbol).name);
  }
  return levelsWith(names);
}

/**
 * The rules as boxes in order of decision, ending with one that meets every packet. Equal boxes stand once, boxes that
 * the ending makes needless are gone, and neighbours of equal access, whose order means nothing, stand by number.
 */
export function compileBoxes(pool: BoxPool, rules: readonly MeaningRule[]): number[] {
  const levelNumbers = new Map(pool.levels.map((level, index) => [level.name, index]));
  const seen = new Set<number>();
  const boxes: number[] = [];
  for (const rule of reachableRules(rules)) {
    for (const box of boxesOf(pool, rule, levelNumbers)) {
      if (seen.has(box)) continue;
      seen.add(box);
      boxes.push(box);
    }
  }
  const end = boxes.findIndex((box) => pool.openFrom[box] === 0);
  return commuted(pool, withoutNeedlessTail(pool, end < 0 ? [...boxes, DENY_ALL] : boxes.slice(0, end + 1)));
}

/** Up to the first rule that meets every packet: the default rules at the end are needless behind a closing rule. */
function reachableRules(rules: readonly MeaningRule[]): readonly MeaningRule[] {
  const closing = rules.findIndex(
    (rule) =>
      rule.protocol === null &&
      isFull(rule.source.intervals, LAST_ADDRESS) &&
      isFull(rule.destination.intervals, LAST_ADDRESS) &&
      isFull(rule.sourcePorts, LAST_PORT) &&
      isFull(rule.destinationPorts, LAST_PORT),
  );
  return closing < 0 ? rules : rules.slice(0, closing + 1);
}

/** A rule whose side names symbols meets a packet by any of them: one box for each combination. */
function boxesOf(pool: BoxPool, rule: MeaningRule, levelNumbers: ReadonlyMap<string, number>): number[] {
  const sets = pool.levels.map((): IntervalSet | null => null);
  sets[fieldLevels.protocol] = rule.protocol === null ? null : [rule.protocol, rule.protocol];
  sets[fieldLevels.sourcePort] = condition(rule.sourcePorts, LAST_PORT);
  sets[fieldLevels.destinationPort] = condition(rule.destinationPorts, LAST_PORT);
  const boxes: number[] = [];
  onEachAlternative("source", rule.source, sets, levelNumbers, () =>
    onEachAlternative("destination", rule.destination, sets, levelNumbers, () =>
      boxes.push(pool.add(rule.access === "Allow", sets)),
    ),
  );
  return boxes;
}

/** Sets the conditions of one side in turn to its addresses and to each of its symbols. */
function onEachAlternative(
  side: Side,
  { intervals, symbols }: AddressSet,
  sets: (IntervalSet | null)[],
  levelNumbers: ReadonlyMap<string, number>,
  use: () => void,
): void {
  if (intervals.length > 0) {
    sets[fieldLevels[side]] = condition(intervals, LAST_ADDRESS);
    use();
    sets[fieldLevels[side]] = null;
  }
  for (const symbol of symbols) {
    const { name, member } = symbolLevel(side, symbol);
    const level = levelNumbers.get(name) as number;
    sets[level] = [member, member];
    use();
    sets[level] = null;
  }
}

function condition(set: IntervalSet, last: number): IntervalSet | null {
  return isFull(set, last) ? null : set;
}

function isFull(set: IntervalSet, last: number): boolean {
  return set[0] === 0 && set[1] === last;
}

/** Rules before the ending that say the same as the ending decide nothing. */
function withoutNeedlessTail(pool: BoxPool, boxes: readonly number[]): number[] {
  const ending = boxes.at(-1) as number;
  let length = boxes.length - 1;
  while (length > 0 && pool.access[boxes[length - 1] as number] === ending) length -= 1;
  return [...boxes.slice(0, length), ending];
}

function commuted(pool: BoxPool, boxes: readonly number[]): number[] {
  const result: number[] = [];
  let run: number[] = [];
  for (const [index, box] of boxes.entries()) {
    run.push(box);
    const next = boxes[index + 1];
    if (next === undefined || pool.access[next] !== pool.access[box]) {
      result.push(...(next === undefined ? run : run.sort((a, b) => a - b)));
      run = [];
    }
  }
  return result;
}
