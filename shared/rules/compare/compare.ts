import { BoxPool } from "../decision-diagram/box-pool.ts";
import { compileBoxes, levelsOf } from "../decision-diagram/compile-boxes.ts";
import { SAME } from "../decision-diagram/diagram.ts";
import { ifInTime } from "../decision-diagram/if-in-time.ts";
import { JointWalk, type Region } from "../decision-diagram/joint-walk.ts";
import { fieldCount, fieldLevels } from "../decision-diagram/level.ts";
import { LAST_ADDRESS } from "../meaning/address-set.ts";
import { decide } from "../meaning/decide.ts";
import { complementOfIntervals } from "../meaning/interval-set.ts";
import { type Direction, directions, type MeaningRule, type SecurityGroupMeaning } from "../meaning/meaning-rule.ts";
import type { Memberships, Packet } from "../meaning/packet.ts";
import { privateAddresses, readAs, usualReading } from "../meaning/reading.ts";
import { clearEqualRuns } from "./clear-equal-runs.ts";
import { packetIn } from "./region-packet.ts";
import { suspectBoxes } from "./suspect-boxes.ts";

/** A packet that one side allows and the other denies. */
export interface Witness {
  readonly packet: Packet;
  /** What is supposed of service tags and ASGs: those that the packet's sides belong to. */
  readonly memberships: Memberships;
  /** The reading of VirtualNetwork and Internet decides here: RFC 1918 is the network, all else the Internet. */
  readonly usualReading: boolean;
  /** Under the usual reading no packet is treated differently. */
  readonly otherReading: boolean;
  readonly aAllows: boolean;
  readonly bAllows: boolean;
  /** Rules of each side that decide. */
  readonly aRule: string;
  readonly bRule: string;
}

export type Comparison =
  | { readonly equal: true; readonly witness: null }
  | { readonly equal: false; readonly witness: Witness };

type RuleList = readonly MeaningRule[];

const publicAddresses = complementOfIntervals(privateAddresses, LAST_ADDRESS);

/** What the search for a plainer packet may cost, once one is found. */
const PLAINER_WORK_LIMIT = 2_000_000;

/** With so few suspects, boxes that meet none of them are sorted out before the walk. */
const FEW_SUSPECTS = 24;

/**
 * Whether two network security groups allow the same packets, each direction on its own; else a packet on which they
 * differ. Service tags without fixed addresses and ASGs are symbols: "equal" holds whatever their members are. A
 * witness supposes the usual reading of VirtualNetwork and Internet if the groups differ under it, else what it names.
 * Throws RefusedError `RulesTooComplex`.
 */
export function compare(a: SecurityGroupMeaning, b: SecurityGroupMeaning, workLimit?: number): Comparison {
  for (const direction of directions) {
    const witness = compareRules(a[direction], b[direction], direction, workLimit);
    if (witness !== null) return { equal: false, witness };
  }
  return { equal: true, witness: null };
}

/** Whether two rule lists of one direction allow the same packets. Throws RefusedError `RulesTooComplex`. */
export function meansSame(a: readonly MeaningRule[], b: readonly MeaningRule[], workLimit?: number): boolean {
  const pool = new BoxPool(levelsOf([a, b]));
  const first = compileBoxes(pool, a);
  const second = compileBoxes(pool, b);
  const suspects = suspectBoxes(first, second, pool.count);
  clearEqualRuns(pool, first, second, suspects);
  const lists = [relevant(pool, first, suspects), relevant(pool, second, suspects)] as const;
  return regionBehind([], pool, lists, suspects, workLimit) === null;
}

/** The same for the rules of one direction, in order of priority; what no rule meets is denied. */
export function compareRules(a: RuleList, b: RuleList, direction: Direction, workLimit?: number): Witness | null {
  if (isSameList(a, b)) return null;
  const found = firstDifference(a, b, direction, workLimit);
  if (found === null) return null;
  if (found.symbolic) {
    const [usualA, usualB] = [readAs(a, usualReading), readAs(b, usualReading)];
    const usual = ifInTime(() => firstDifference(usualA, usualB, direction, PLAINER_WORK_LIMIT) ?? "same");
    if (usual === "same") return witnessOf(a, b, direction, found, "other");
    if (usual !== null) return witnessOf(usualA, usualB, direction, usual, "usual");
  }
  return witnessOf(a, b, direction, found, "none");
}

/** The case of a direction that has the default rules only. */
function isSameList(a: RuleList, b: RuleList): boolean {
  return a.length === b.length && a.every((rule, index) => rule === b[index]);
}

interface Difference {
  readonly packet: Omit<Packet, "direction">;
  readonly memberships: Memberships;
  /** Some rule that is not beside the point names a symbol. */
  readonly symbolic: boolean;
}

function firstDifference(a: RuleList, b: RuleList, direction: Direction, workLimit?: number): Difference | null {
  const pool = new BoxPool(levelsOf([a, b]));
  const first = compileBoxes(pool, a);
  const second = compileBoxes(pool, b);
  const guards = guardBoxes(pool, direction);
  const suspects = suspectBoxes(first, second, pool.count);
  clearEqualRuns(pool, first, second, suspects);
  const lists = [relevant(pool, first, suspects), relevant(pool, second, suspects)] as const;
  const any = regionBehind([], pool, lists, suspects, workLimit);
  if (any === null) return null;
  const search = (behind: readonly number[]) =>
    ifInTime(() => regionBehind(behind, pool, lists, suspects, PLAINER_WORK_LIMIT));
  const found = meetsNone(pool, any, guards) ? any : (search(guards) ?? search(guards.slice(0, 1)) ?? any);
  return { ...packetIn(pool.levels, found), symbolic: pool.levels.length > fieldCount };
}

/**
 * Boxes of what people do not look for first: public addresses on the machine's side, and on the other. Put before both
 * lists, they leave the plainest packets to be found.
 */
function guardBoxes(pool: BoxPool, direction: Direction): readonly number[] {
  const { destination, source } = fieldLevels;
  return (direction === "Inbound" ? [destination, source] : [source, destination]).map((side) =>
    pool.add(
      false,
      pool.levels.map((_, level) => (level === side ? publicAddresses : null)),
    ),
  );
}

function meetsNone(pool: BoxPool, region: Region, guards: readonly number[]): boolean {
  const box = pool.add(false, region);
  return !guards.some((guard) => pool.meet(box, guard));
}

type Lists = readonly [readonly number[], readonly number[]];

/** A region of packets on which the lists differ and that no guard (a box put before both) meets; null if none. */
function regionBehind(
  guards: readonly number[],
  pool: BoxPool,
  [first, second]: Lists,
  suspects: Uint8Array,
  workLimit: number | undefined,
): Region | null {
  const walk = new JointWalk(pool, {
    suspects,
    stopAtFirst: true,
    ...(workLimit === undefined ? {} : { workLimit }),
  });
  return walk.run([...guards, ...first], [...guards, ...second]) === SAME ? null : walk.region;
}

/** A packet that can make a difference meets a suspect: boxes that no such packet meets decide nothing. */
function relevant(pool: BoxPool, boxes: readonly number[], suspects: Uint8Array): readonly number[] {
  const few: number[] = [];
  for (let box = 0; box < suspects.length && few.length <= FEW_SUSPECTS; box += 1)
    if (suspects[box] === 1) few.push(box);
  if (few.length > FEW_SUSPECTS) return boxes;
  return boxes.filter((box, index) => index === boxes.length - 1 || few.some((suspect) => pool.meet(box, suspect)));
}

function witnessOf(
  a: RuleList,
  b: RuleList,
  direction: Direction,
  found: Difference,
  reading: "usual" | "other" | "none",
): Witness {
  const packet: Packet = { direction, ...found.packet };
  const ruleOfA = decide(a, packet, found.memberships);
  const ruleOfB = decide(b, packet, found.memberships);
  return {
    packet,
    memberships: found.memberships,
    usualReading: reading === "usual",
    otherReading: reading === "other",
    aAllows: ruleOfA.access === "Allow",
    bAllows: ruleOfB.access === "Allow",
    aRule: ruleOfA.name,
    bRule: ruleOfB.name,
  };
}
