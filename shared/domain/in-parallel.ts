/**
 * Does the work for each, so many at a time, and answers the results in the order of what was given. The first that throws
 * ends it; work that is under way then is awaited first.
 */
export async function inParallel<T, R>(
  all: readonly T[],
  atOnce: number,
  work: (one: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results = new Map<number, R>();
  const failures: unknown[] = [];
  const next = all.entries();
  const worker = async () => {
    for (const [index, one] of next) {
      if (failures.length > 0) return;
      try {
        results.set(index, await work(one, index));
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, all.length) }, worker));
  if (failures.length > 0) throw failures[0];
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
}
