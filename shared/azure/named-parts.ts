/** The part of a resource that has this name. */
export function partNamed<P extends { name?: string }>(parts: readonly P[] | undefined, name: string): P | undefined {
  return (parts ?? []).find((part) => part.name?.toLowerCase() === name.toLowerCase());
}

/** The parts that stand, with ours laid over the one of its name. */
export function withPart<P extends { name?: string }>(
  parts: readonly P[] | undefined,
  own: P & { readonly name: string },
): P[] {
  const standing = partNamed(parts, own.name);
  const others = (parts ?? []).filter((part) => part !== standing);
  return [...others, { ...standing, ...own }];
}
