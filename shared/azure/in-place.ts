/**
 * The wanted members of a list that others share: each in the place of the standing one of its key, new ones behind.
 * What is neither wanted nor retired stays where it is, so that a write shows as a change only what it changes.
 */
export function inPlace<M>(
  standing: readonly M[],
  wanted: readonly M[],
  retired: readonly string[],
  keyOf: (member: M) => string,
): M[] {
  const rest = new Map(wanted.map((member) => [keyOf(member), member]));
  const gone = new Set(retired);
  const kept = standing.flatMap((member) => {
    const key = keyOf(member);
    const own = rest.get(key);
    rest.delete(key);
    if (own !== undefined) return [own];
    return gone.has(key) || wanted.some((other) => keyOf(other) === key) ? [] : [member];
  });
  return [...kept, ...rest.values()];
}
