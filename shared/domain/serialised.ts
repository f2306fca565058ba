/**
 * Runs operations of one key one after another, in the order in which they were asked for; those of different keys run
 * beside each other. Holds within this process only.
 */
export function serialised(): <R>(key: string, operation: () => Promise<R>) => Promise<R> {
  const last = new Map<string, Promise<unknown>>();
  return async (key, operation) => {
    const turn = (last.get(key) ?? Promise.resolve()).then(operation, operation);
    last.set(key, turn);
    try {
      return await turn;
    } finally {
      if (last.get(key) === turn) last.delete(key);
    }
  };
}
