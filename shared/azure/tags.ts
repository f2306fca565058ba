type Tags = Readonly<Record<string, string>>;

/** All tags as they stand. Azure ignores case in tag names and keeps the first writer's: ours are told in our case. */
export function normalTags(standing: Tags | undefined, desired: Tags): Record<string, string> {
  const ours = new Map(Object.keys(desired).map((name) => [name.toLowerCase(), name]));
  const entries = Object.entries(standing ?? {});
  return Object.fromEntries(entries.map(([name, value]) => [ours.get(name.toLowerCase()) ?? name, value]));
}

/** What to write: our tags over those that stand, because the others belong to others. */
export function mergedTags(standing: Tags | undefined, desired: Tags): Record<string, string> {
  return { ...normalTags(standing, desired), ...desired };
}
