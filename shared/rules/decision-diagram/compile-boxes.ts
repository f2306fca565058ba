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

interface Alternative {
  readonly addresses: IntervalSet | null;
  readonly symbol: { readonly level: number; readonly members: IntervalSet } | null;
}

/** A rule whose side names symbols meets a packet by any of them: one box for each combination. */
function boxesOf(pool: BoxPool, rule: MeaningRule, levelNumbers: ReadonlyMap<string, number>): number[] {
  const fields = pool.levels.map((): IntervalSet | null => null);
  fields[fieldLevels.protocol] = rule.protocol === null ? null : [rule.protocol, rule.protocol];
  fields[fieldLevels.sourcePort] = condition(rule.sourcePorts, LAST_PORT);
  fields[fieldLevels.destinationPort] = condition(rule.destinationPorts, LAST_PORT);
  const boxes: number[] = [];
  for (const source of alternatives("source", rule.source, levelNumbers)) {
    for (const destination of alternatives("destination", rule.destination, levelNumbers)) {
      const sets = [...fields];
      sets[fieldLevels.source] = source.addresses;
      sets[fieldLevels.destination] = destination.addresses;
      for (const { symbol } of [source, destination]) if (symbol !== null) sets[symbol.level] = symbol.members;
      boxes.push(pool.add(rule.access === "Allow", sets));
    }
  }
  return boxes;
}

function alternatives(side: Side, set: AddressSet, levelNumbers: ReadonlyMap<string, number>): Alternative[] {
  const result: Alternative[] = [];
  if (set.intervals.length > 0) result.push({ addresses: condition(set.intervals, LAST_ADDRESS), symbol: null });
  for (const symbol of set.symbols) {
    const { name, member } = symbolLevel(side, symbol);
    result.push({ addresses: null, symbol: { level: levelNumbers.get(name) as number, members: [member, member] } });
  }
  return result;
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
