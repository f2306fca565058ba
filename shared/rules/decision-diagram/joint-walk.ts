import { ALLOW_ALL, type BoxPool } from "./box-pool.ts";
import { Diagram, FIRST_ALLOWS, SAME, SECOND_ALLOWS } from "./diagram.ts";
import { KnownResults } from "./known-results.ts";
import { tooComplex, WORK_LIMIT } from "./work-limit.ts";

/** An event is where a box's range begins or has ended: value × 2²¹ + number of the box in its list × 2 + begins. */
const VALUE = 2 ** 21;
const SORT_BY_HAND = 64;

interface Frame {
  events: Float64Array;
  active: Int32Array;
}

/** First and last value at each level. */
export type Region = [first: number, last: number][];

export interface JointWalkOptions {
  /** 1 for boxes that do not stand in both lists in the same order; where none of them is met, the lists agree. */
  readonly suspects?: Uint8Array;
  /** Stop at the first packet on which the lists differ, instead of drawing the diagram of all of them. */
  readonly stopAtFirst?: boolean;
  readonly workLimit?: number;
  /** Where the diagram is drawn, beside others of the same levels. */
  readonly diagram?: Diagram;
}

/**
 * Walks two lists of boxes together, level by level. At each level the values are cut where the boxes still in
 * question begin and end; each piece goes on with the boxes that it meets, up to the first that needs no more
 * conditions. Pieces on which both lists are the same, or can only decide the same, need no further walk.
 */
export class JointWalk {
  readonly diagram: Diagram;
  /** With `stopAtFirst`: packets on which the lists differ. */
  readonly region: Region;
  readonly #pool: BoxPool;
  readonly #suspects: Uint8Array | null;
  readonly #stopAtFirst: boolean;
  readonly #limit: number;
  readonly #known = new KnownResults();
  readonly #frames: Frame[];
  /** The lists under way, first and second of each level behind one another. */
  #stack = new Int32Array(0);
  #work = 0;
  /** Of the piece that is being narrowed. */
  #suspectEnding = false;

  constructor(pool: BoxPool, options: JointWalkOptions = {}) {
    this.#pool = pool;
    this.diagram = options.diagram ?? new Diagram(pool.levels);
    this.region = pool.levels.map(({ last }) => [0, last]);
    this.#suspects = options.suspects ?? null;
    this.#stopAtFirst = options.stopAtFirst ?? false;
    this.#limit = options.workLimit ?? WORK_LIMIT;
    this.#frames = pool.levels.map(() => ({ events: new Float64Array(64), active: new Int32Array(32) }));
  }

  /**
   * Compares two lists as `compileBoxes` makes them: the root of the diagram whose ends say which list allows, or with
   * `stopAtFirst` the first end found. Throws RefusedError `RulesTooComplex`.
   */
  run(first: readonly number[], second: readonly number[]): number {
    const length = first.length + second.length;
    this.#stack = new Int32Array((this.#pool.levels.length + 1) * (length + 2));
    this.#stack.set(first);
    this.#stack.set(second, first.length);
    if (length >= VALUE / 2) throw tooComplex(this.#limit);
    return this.#walk(0, 0, first.length, length, first.at(-1) !== second.at(-1));
  }

  /** `suspectEnding`: a list ends in what only one of them says, so that no piece is known to be the same. */
  #walk(level: number, from: number, split: number, to: number, suspectEnding: boolean): number {
    const stack = this.#stack;
    if (to - from === 2) return endOf(stack[from] as number, stack[split] as number);
    if (this.#isSameList(from, split, to)) return SAME;
    const next = this.#nextLevel(level, from, to);
    this.#work += ((next - level) * (to - from)) >> 3;
    const hash = this.#known.hash(next, stack, from, split, to);
    const known = this.#known.get(hash, next, stack, from, split, to);
    if (known !== KnownResults.UNKNOWN) return known;
    const result = this.#cut(next, from, split, to, suspectEnding);
    if (!this.#stopAtFirst || result === SAME) this.#known.set(hash, next, stack, from, split, to, result);
    return result;
  }

  #isSameList(from: number, split: number, to: number): boolean {
    const length = split - from;
    if (to - split !== length) return false;
    for (let i = 0; i < length; i += 1) if (this.#stack[from + i] !== this.#stack[split + i]) return false;
    return true;
  }

  /** The first level from `level` on at which a box has a condition. */
  #nextLevel(level: number, from: number, to: number): number {
    const { starts, levels } = this.#pool;
    for (let next = level; next < levels.length; next += 1) {
      for (let i = from; i < to; i += 1) {
        if ((starts[(this.#stack[i] as number) * levels.length + next] as number) >= 0) return next;
      }
    }
    throw new RangeError("a list of boxes ends without one that meets every packet");
  }

  #cut(level: number, from: number, split: number, to: number, suspectEnding: boolean): number {
    const frame = this.#frames[level] as Frame;
    if (frame.active.length < to - from) frame.active = new Int32Array((to - from) * 2);
    let active = 0;
    let suspects = suspectEnding ? 1 : 0;
    let eventCount = 0;
    for (let i = from; i < to; i += 1) {
      const count = this.#addEvents(frame, level, i - from, this.#stack[i] as number, eventCount);
      if (count === eventCount) {
        frame.active[active] = i - from;
        active += 1;
        suspects += this.#isSuspect(this.#stack[i] as number);
      }
      eventCount = count;
    }
    sortEvents(frame, eventCount);
    return this.#sweep(frame, level, { from, split, to, active, suspects, suspectEnding, eventCount });
  }

  #addEvents(frame: Frame, level: number, position: number, box: number, eventCount: number): number {
    const { starts, ends, ranges, levels } = this.#pool;
    const at = box * levels.length + level;
    const start = starts[at] as number;
    if (start < 0) return eventCount;
    const end = ends[at] as number;
    if (eventCount + end - start > frame.events.length) {
      const larger = new Float64Array((eventCount + end - start) * 2);
      larger.set(frame.events);
      frame.events = larger;
    }
    let count = eventCount;
    const last = (levels[level] as { last: number }).last;
    for (let i = start; i < end; i += 2) {
      frame.events[count] = (ranges[i] as number) * VALUE + position * 2 + 1;
      count += 1;
      const after = (ranges[i + 1] as number) + 1;
      if (after > last) continue;
      frame.events[count] = after * VALUE + position * 2;
      count += 1;
    }
    return count;
  }

  #sweep(
    frame: Frame,
    level: number,
    lists: {
      readonly from: number;
      readonly split: number;
      readonly to: number;
      readonly active: number;
      readonly suspects: number;
      readonly suspectEnding: boolean;
      readonly eventCount: number;
    },
  ): number {
    const { from, split, to, suspectEnding, eventCount } = lists;
    const { events } = frame;
    const end = (this.#pool.levels[level] as { last: number }).last;
    const lasts: number[] = [];
    const children: number[] = [];
    let { active, suspects } = lists;
    let event = 0;
    let value = 0;
    while (value <= end) {
      for (; event < eventCount && (events[event] as number) < (value + 1) * VALUE; event += 1) {
        const code = (events[event] as number) - value * VALUE;
        const position = code >> 1;
        const change = (code & 1) === 1 ? 1 : -1;
        if (change === 1) insert(frame.active, active, position);
        else remove(frame.active, active, position);
        active += change;
        suspects += change * this.#isSuspect(this.#stack[from + position] as number);
      }
      const next = event < eventCount ? Math.floor((events[event] as number) / VALUE) : end + 1;
      this.#suspectEnding = suspectEnding;
      const child = suspects === 0 ? SAME : this.#piece(frame.active, active, level, from, split, to);
      if (this.#stopAtFirst && child !== SAME) {
        this.region[level] = [value, next - 1];
        return child;
      }
      if (child === children.at(-1)) lasts[lasts.length - 1] = next - 1;
      else {
        lasts.push(next - 1);
        children.push(child);
      }
      value = next;
    }
    return this.#stopAtFirst ? SAME : this.diagram.node(level, lasts, children);
  }

  /** The walk's result on one piece: both lists narrowed to the boxes that meet it. */
  #piece(active: Int32Array, count: number, level: number, from: number, split: number, to: number): number {
    let ofFirst = 0;
    while (ofFirst < count && (active[ofFirst] as number) < split - from) ofFirst += 1;
    const newSplit = this.#narrow(active, 0, ofFirst, level, from, to);
    const newTo = this.#narrow(active, ofFirst, count, level, from, newSplit);
    this.#work += newTo - to + 4;
    if (this.#work > this.#limit) throw tooComplex(this.#limit);
    return this.#walk(level + 1, to, newSplit, newTo, this.#suspectEnding);
  }

  /** Appends the boxes of one list up to the first that decides, without those before it that say the same. */
  #narrow(active: Int32Array, first: number, count: number, level: number, from: number, at: number): number {
    const { access, openFrom } = this.#pool;
    const stack = this.#stack;
    let top = at;
    for (let i = first; i < count; i += 1) {
      const box = stack[from + (active[i] as number)] as number;
      if ((openFrom[box] as number) > level + 1) {
        stack[top] = box;
        top += 1;
        continue;
      }
      if (openFrom[box] !== 0 && this.#isSuspect(box) === 1) this.#suspectEnding = true;
      const ending = access[box] as number;
      while (top > at && access[stack[top - 1] as number] === ending) top -= 1;
      stack[top] = ending;
      return top + 1;
    }
    throw new RangeError("a list of boxes ends without one that meets every packet");
  }

  #isSuspect(box: number): number {
    return this.#suspects === null ? 1 : (this.#suspects[box] as number);
  }
}

function endOf(first: number, second: number): number {
  if (first === second) return SAME;
  return first === ALLOW_ALL ? FIRST_ALLOWS : SECOND_ALLOWS;
}

function sortEvents(frame: Frame, count: number): void {
  const { events } = frame;
  if (count > SORT_BY_HAND) {
    events.subarray(0, count).sort();
    return;
  }
  for (let i = 1; i < count; i += 1) {
    const event = events[i] as number;
    let j = i - 1;
    for (; j >= 0 && (events[j] as number) > event; j -= 1) events[j + 1] = events[j] as number;
    events[j + 1] = event;
  }
}

/** Keeps the positions of the boxes that meet the current value in ascending order, that is in order of decision. */
function insert(active: Int32Array, count: number, position: number): void {
  let i = count;
  for (; i > 0 && (active[i - 1] as number) > position; i -= 1) active[i] = active[i - 1] as number;
  active[i] = position;
}

function remove(active: Int32Array, count: number, position: number): void {
  let i = 0;
  while (active[i] !== position) i += 1;
  active.copyWithin(i, i + 1, count);
}
