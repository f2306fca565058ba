/**
 * A set of whole numbers as a flat list of inclusive ranges `[first, last, first, last, …]`, sorted, without overlap and
 * without neighbours that touch: two sets are equal exactly when their lists are.
 */
export type IntervalSet = readonly number[];

/** The set that holds the given inclusive ranges, in any order. */
export function intervalSet(ranges: readonly (readonly [first: number, last: number])[]): IntervalSet {
  const [only] = ranges;
  if (only !== undefined && ranges.length === 1) return [only[0], only[1]];
  const sorted = [...ranges].sort((a, b) => a[0] - b[0]);
  const set: number[] = [];
  for (const [first, last] of sorted) {
    const end = set.at(-1);
    if (end !== undefined && first <= end + 1) set[set.length - 1] = Math.max(end, last);
    else set.push(first, last);
  }
  return set;
}

/** Whether the set holds the value. */
export function intervalSetHolds(set: IntervalSet, value: number): boolean {
  for (let i = 0; i < set.length; i += 2) {
    if (value < (set[i] as number)) return false;
    if (value <= (set[i + 1] as number)) return true;
  }
  return false;
}

/** All values of both sets. */
export function unionOfIntervals(a: IntervalSet, b: IntervalSet): IntervalSet {
  if (a.length === 0) return b;
  return b.length === 0 ? a : intervalSet([...rangesOf(a), ...rangesOf(b)]);
}

/** Every value from 0 to `max` that the set does not hold. */
export function complementOfIntervals(set: IntervalSet, max: number): IntervalSet {
  const result: number[] = [];
  let next = 0;
  for (const [first, last] of rangesOf(set)) {
    if (first > next) result.push(next, first - 1);
    next = last + 1;
  }
  if (next <= max) result.push(next, max);
  return result;
}

/** The set's ranges in ascending order. */
export function rangesOf(set: IntervalSet): [first: number, last: number][] {
  const ranges: [number, number][] = [];
  for (let i = 0; i < set.length; i += 2) ranges.push([set[i] as number, set[i + 1] as number]);
  return ranges;
}

/** The values that both sets hold. */
export function intersectionOfIntervals(a: IntervalSet, b: IntervalSet): IntervalSet {
  const result: number[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const first = Math.max(a[i] as number, b[j] as number);
    const last = Math.min(a[i + 1] as number, b[j + 1] as number);
    if (first <= last) result.push(first, last);
    if ((a[i + 1] as number) < (b[j + 1] as number)) i += 2;
    else j += 2;
  }
  return result;
}

/** The values of `a` that `b` does not hold; `max` is the largest value there is. */
export function differenceOfIntervals(a: IntervalSet, b: IntervalSet, max: number): IntervalSet {
  return intersectionOfIntervals(a, complementOfIntervals(b, max));
}

/** Whether both hold the same values. */
export function sameIntervals(a: IntervalSet, b: IntervalSet): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}

/** How many values the set holds. */
export function sizeOfIntervals(set: IntervalSet): number {
  return rangesOf(set).reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

/** Whether the set holds every value of the other one. */
export function holdsIntervals(set: IntervalSet, part: IntervalSet): boolean {
  return sameIntervals(intersectionOfIntervals(set, part), part);
}
