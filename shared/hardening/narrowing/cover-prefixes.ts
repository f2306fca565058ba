import { LAST_ADDRESS } from "../../rules/meaning/address-set.ts";
import { holdsIntervals, type IntervalSet, rangesOf } from "../../rules/meaning/interval-set.ts";

/** Addresses that share their leading bits: `first` has no bits behind `length`. */
export interface Block {
  readonly first: number;
  readonly length: number;
}

export const sizeOf = ({ length }: Block): number => 2 ** (32 - length);

/** The fewest blocks that hold exactly the addresses of a set, lowest first. */
export function blocksOf(set: IntervalSet): Block[] {
  const blocks: Block[] = [];
  for (const [first, last] of rangesOf(set)) {
    for (let at = first; at <= last; ) {
      let length = 32;
      while (length > 0 && at % 2 ** (33 - length) === 0 && at + 2 ** (33 - length) - 1 <= last) length -= 1;
      blocks.push({ first: at, length });
      at += 2 ** (32 - length);
    }
  }
  return blocks;
}

/**
 * At most `most` blocks inside `region` that hold all of `set`, which lies in it, with as few addresses as possible in all; null where so few
 * cannot. Exact: the best cover with n blocks of the addresses under a prefix is that prefix itself, or one with i blocks of its lower
 * and one with n - i of its upper half.
 */
export function coverPrefixes(set: IntervalSet, region: IntervalSet, most: number): readonly Block[] | null {
  const blocks = blocksOf(set);
  if (blocks.length <= most) return blocks;
  const best = coversOf(blocks, 0, blocks.length, region, most).findLast((cover) => cover !== null);
  return best === undefined || best === null ? null : flat(best);
}

/** A cover without repeating that of its halves. */
interface Cover {
  readonly size: number;
  readonly block: Block | null;
  readonly halves: readonly [Cover, Cover] | null;
}

/** The best cover of some neighbouring blocks for each number of blocks, from one up; null where there is none. */
function coversOf(
  blocks: readonly Block[],
  from: number,
  to: number,
  region: IntervalSet,
  most: number,
): (Cover | null)[] {
  const common = commonBlock(blocks[from] as Block, blocks[to - 1] as Block);
  const whole = lies(common, region) ? { size: sizeOf(common), block: common, halves: null } : null;
  if (to - from === 1) return [whole];
  const upper = common.first + sizeOf(common) / 2;
  let middle = from;
  while ((blocks[middle] as Block).first < upper) middle += 1;
  const left = coversOf(blocks, from, middle, region, most);
  const right = coversOf(blocks, middle, to, region, most);
  const covers: (Cover | null)[] = [whole];
  for (let count = 2; count <= Math.min(most, left.length + right.length); count += 1) {
    let best = covers[count - 2] ?? null;
    for (let low = Math.max(1, count - right.length); low <= Math.min(left.length, count - 1); low += 1) {
      const [one, other] = [left[low - 1] ?? null, right[count - low - 1] ?? null];
      if (one === null || other === null || (best !== null && one.size + other.size >= best.size)) continue;
      best = { size: one.size + other.size, block: null, halves: [one, other] };
    }
    covers.push(best);
  }
  return covers;
}

function flat({ block, halves }: Cover): Block[] {
  return block === null ? (halves ?? []).flatMap(flat) : [block];
}

/** The smallest block that holds both. */
function commonBlock(low: Block, high: Block): Block {
  for (let length = Math.min(low.length, high.length); length > 0; length -= 1) {
    const size = 2 ** (32 - length);
    const first = Math.floor(low.first / size) * size;
    if (high.first + sizeOf(high) <= first + size) return { first, length };
  }
  return { first: 0, length: 0 };
}

function lies(block: Block, region: IntervalSet): boolean {
  const last = Math.min(LAST_ADDRESS, block.first + sizeOf(block) - 1);
  return holdsIntervals(region, [block.first, last]);
}
