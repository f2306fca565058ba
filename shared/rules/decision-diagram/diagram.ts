import { grown } from "./box-pool.ts";
import type { Level } from "./level.ts";

/** Ends of a diagram that compares two rule lists; as a set of packets, 1 is "in the set". */
export const SAME = 0;
export const FIRST_ALLOWS = 1;
export const SECOND_ALLOWS = 2;
const ENDS = 3;

/**
 * Reduced, ordered decision diagrams over intervals. A node asks for the value of its level; each edge is taken up to its
 * last value. No node has two neighbouring edges to one child, none has a single edge, and equal nodes are one: so
 * two diagrams of one store mean the same exactly when their roots are the same number.
 */
export class Diagram {
  readonly levels: readonly Level[];
  #levelOf = new Int32Array(1 << 8);
  #first = new Int32Array(1 << 8);
  #lasts = new Uint32Array(1 << 10);
  #children = new Int32Array(1 << 10);
  #slots = new Int32Array(1 << 9);
  #nodes = ENDS;
  #edges = 0;

  constructor(levels: readonly Level[]) {
    this.levels = levels;
    this.#levelOf.fill(levels.length, 0, ENDS);
  }

  get nodeCount(): number {
    return this.#nodes;
  }

  isEnd(node: number): boolean {
    return node < ENDS;
  }

  /** The level that a node asks at; behind the last one for ends. */
  levelOf(node: number): number {
    return this.#levelOf[node] as number;
  }

  /** Edges in ascending order: the last value of each and where it leads. */
  edgesOf(node: number): { last: number; child: number }[] {
    const edges: { last: number; child: number }[] = [];
    for (let i = this.#first[node] as number; i < (this.#first[node + 1] as number); i += 1) {
      edges.push({ last: this.#lasts[i] as number, child: this.#children[i] as number });
    }
    return edges;
  }

  /** The node with these edges, which must be ascending and without neighbours of one child. */
  node(level: number, lasts: readonly number[], children: readonly number[]): number {
    if (children.length === 1) return children[0] as number;
    if (this.#nodes * 2 > this.#slots.length) this.#rehash();
    let slot = this.#hash(level, lasts, children) & (this.#slots.length - 1);
    for (let node = this.#slots[slot] as number; node !== 0; node = this.#slots[slot] as number) {
      if (this.#isNode(node, level, lasts, children)) return node;
      slot = (slot + 1) & (this.#slots.length - 1);
    }
    const node = this.#append(level, lasts, children);
    this.#slots[slot] = node;
    return node;
  }

  #append(level: number, lasts: readonly number[], children: readonly number[]): number {
    const node = this.#nodes;
    this.#nodes += 1;
    if (this.#nodes >= this.#levelOf.length) {
      this.#levelOf = grown(Int32Array, this.#levelOf);
      this.#first = grown(Int32Array, this.#first);
    }
    while (this.#edges + lasts.length > this.#lasts.length) {
      this.#lasts = grown(Uint32Array, this.#lasts);
      this.#children = grown(Int32Array, this.#children);
    }
    this.#levelOf[node] = level;
    this.#first[node] = this.#edges;
    for (let i = 0; i < lasts.length; i += 1) {
      this.#lasts[this.#edges] = lasts[i] as number;
      this.#children[this.#edges] = children[i] as number;
      this.#edges += 1;
    }
    this.#first[node + 1] = this.#edges;
    return node;
  }

  #isNode(node: number, level: number, lasts: readonly number[], children: readonly number[]): boolean {
    const from = this.#first[node] as number;
    if (this.#levelOf[node] !== level || (this.#first[node + 1] as number) - from !== lasts.length) return false;
    for (let i = 0; i < lasts.length; i += 1) {
      if (this.#lasts[from + i] !== lasts[i] || this.#children[from + i] !== children[i]) return false;
    }
    return true;
  }

  #hash(level: number, lasts: ArrayLike<number>, children: ArrayLike<number>): number {
    let hash = level + 1;
    for (let i = 0; i < lasts.length; i += 1) {
      hash = Math.imul(hash ^ (lasts[i] as number), 0x9e3779b1);
      hash = Math.imul((hash ^ (hash >>> 15)) + (children[i] as number), 0x85ebca6b);
    }
    return (hash ^ (hash >>> 13)) >>> 0;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    for (let node = ENDS; node < this.#nodes; node += 1) {
      const from = this.#first[node] as number;
      const to = this.#first[node + 1] as number;
      const hash = this.#hash(this.levelOf(node), this.#lasts.subarray(from, to), this.#children.subarray(from, to));
      let slot = hash & (slots.length - 1);
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
      slots[slot] = node;
    }
    this.#slots = slots;
  }
}
