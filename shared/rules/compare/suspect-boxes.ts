/**
 * Marks (1) the boxes that are not part of a long common subsequence of both lists. A packet that meets none of them
 * meets first the same box in both lists, as common boxes stand in the same order: so only marked boxes can make a
 * difference. No box stands twice in a list.
 */
export function suspectBoxes(first: readonly number[], second: readonly number[], boxCount: number): Uint8Array {
  const suspects = new Uint8Array(boxCount);
  for (const box of first) suspects[box] = 1;
  for (const box of second) suspects[box] = 1;
  const positionInFirst = new Int32Array(boxCount).fill(-1);
  for (let position = 0; position < first.length; position += 1) positionInFirst[first[position] as number] = position;
  const shared = second.filter((box) => (positionInFirst[box] as number) >= 0);
  const positions = shared.map((box) => positionInFirst[box] as number);
  for (const index of longestRise(positions)) suspects[shared[index] as number] = 0;
  return suspects;
}

/** Indices of a longest ascending subsequence, by patience sorting. */
function longestRise(values: readonly number[]): number[] {
  const tops: number[] = [];
  const before: number[] = [];
  for (const [index, value] of values.entries()) {
    let low = 0;
    let high = tops.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[tops[middle] as number] as number) < value) low = middle + 1;
      else high = middle;
    }
    before.push(low === 0 ? -1 : (tops[low - 1] as number));
    tops[low] = index;
  }
  const result: number[] = [];
  for (let index = tops.at(-1) ?? -1; index >= 0; index = before[index] as number) result.push(index);
  return result;
}
