/** Azure answers "West Europe" for some old resources and "westeurope" for all others. */
export function normalLocation(location: string | undefined): string {
  return (location ?? "").replaceAll(" ", "").toLowerCase();
}

/** One list out of Azure's singular and plural field of the same meaning. */
export function mergedList(singular: string | undefined, plural: readonly string[] | undefined): string[] {
  return [...(singular ? [singular] : []), ...(plural ?? [])];
}

/** Singular where there is one value: the only form in which Azure takes `*` and service tags. */
export function singularOrPlural(values: readonly string[]): { singular?: string; plural?: string[] } {
  const [first] = values;
  return values.length === 1 && first !== undefined ? { singular: first } : { plural: [...values] };
}

/**
 * A set as a list: first what is wanted, in the wanted order, then the rest sorted. So the same set always compares
 * as equal, however Azure orders its answer.
 */
export function inOrderOf(wanted: readonly string[], standing: readonly string[]): string[] {
  return inOrderOfKey(wanted, standing, (value) => value);
}

/** Like {@link inOrderOf} for named members of a collection. */
export function inOrderOfName<T extends { readonly name: string }>(
  wanted: readonly { readonly name: string }[],
  standing: readonly T[],
): T[] {
  return inOrderOfKey(
    wanted.map((member) => member.name),
    standing,
    (member) => member.name,
  );
}

function inOrderOfKey<T>(wanted: readonly string[], standing: readonly T[], keyOf: (value: T) => string): T[] {
  // Most lists of a rule: nothing is to be ordered, and a sweep reads millions of them.
  if (standing.length < 2) return [...standing];
  const ranks = new Map(wanted.map((key, rank) => [key.toLowerCase(), rank]));
  const rankOf = (value: T) => ranks.get(keyOf(value).toLowerCase()) ?? wanted.length;
  return [...standing].sort((a, b) => rankOf(a) - rankOf(b) || compareText(keyOf(a), keyOf(b)));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
