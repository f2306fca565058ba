import type { MeaningRule } from "../meaning/meaning-rule.ts";
import { BoxPool, DENY_ALL } from "./box-pool.ts";
import { combine } from "./combine.ts";
import { compileBoxes, levelsOf } from "./compile-boxes.ts";
import { Diagram, FIRST_ALLOWS, SAME } from "./diagram.ts";
import { JointWalk, type Region } from "./joint-walk.ts";
import type { Level } from "./level.ts";
import { plainestRegion } from "./plainest-region.ts";

/** A set of packets; equal sets of one `PacketSets` are the same number. */
export type PacketSet = number;

type RuleList = readonly MeaningRule[];

/**
 * Exact sets of packets, made of rule lists and of one another. All rule lists that sets will be made of must be known at
 * the start, as they say which tags and ASGs are asked about. Every call may throw RefusedError `RulesTooComplex`.
 */
export class PacketSets {
  static readonly EMPTY: PacketSet = SAME;
  readonly #pool: BoxPool;
  readonly #diagram: Diagram;
  readonly #workLimit: number | undefined;

  constructor(ruleLists: readonly RuleList[], workLimit?: number) {
    this.#pool = new BoxPool(levelsOf(ruleLists));
    this.#diagram = new Diagram(this.#pool.levels);
    this.#workLimit = workLimit;
  }

  get levels(): readonly Level[] {
    return this.#diagram.levels;
  }

  /** The packets that the rules allow; what no rule decides is denied. */
  allowedBy(rules: RuleList): PacketSet {
    const limit = this.#workLimit === undefined ? {} : { workLimit: this.#workLimit };
    const walk = new JointWalk(this.#pool, { diagram: this.#diagram, ...limit });
    return walk.run(compileBoxes(this.#pool, rules), [DENY_ALL]);
  }

  both(a: PacketSet, b: PacketSet): PacketSet {
    return combine(this.#diagram, a, b, (x, y) => (x === FIRST_ALLOWS && y === FIRST_ALLOWS ? 1 : 0), this.#workLimit);
  }

  either(a: PacketSet, b: PacketSet): PacketSet {
    return combine(this.#diagram, a, b, (x, y) => (x === FIRST_ALLOWS || y === FIRST_ALLOWS ? 1 : 0), this.#workLimit);
  }

  /** The packets of `a` that are not in `b`. */
  without(a: PacketSet, b: PacketSet): PacketSet {
    return combine(this.#diagram, a, b, (x, y) => (x === FIRST_ALLOWS && y === SAME ? 1 : 0), this.#workLimit);
  }

  /** Packets of a set that people recognise best, or null where it is empty. */
  example(set: PacketSet): Region | null {
    return set === PacketSets.EMPTY ? null : plainestRegion(this.#diagram, set);
  }
}
