/** The same promise for every caller; a failure is forgotten, so that the next caller tries again. */
export function once<R>(make: () => Promise<R>): () => Promise<R> {
  let made: Promise<R> | null = null;
  return () => {
    made ??= make().catch((reason: unknown) => {
      made = null;
      throw reason;
    });
    return made;
  };
}
