import { notModelled } from "../errors/request-errors.ts";
import type { ResourceBody } from "../resource.ts";

const comparison = /^(tagName|tagValue|resourceType|name|location|resourceGroup) eq '((?:[^']|'')*)'$/i;

/** The comparisons of a `$filter`, all joined by `and`, with names in lower case. */
export function readComparisons(filter: string | null): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const part of (filter ?? "").split(/\s+and\s+/i).filter((each) => each.trim() !== "")) {
    const match = comparison.exec(part.trim());
    if (match?.[1] === undefined) throw notModelled(`the filter '${filter}'`);
    found.set(match[1].toLowerCase(), (match[2] ?? "").replaceAll("''", "'"));
  }
  return found;
}

/**
 * `tagName eq 'x' and tagValue eq 'y'` over bodies.
 * @throws ArmError 501 for other filters
 */
export function tagFilter(filter: string | null): (body: ResourceBody) => boolean {
  const comparisons = readComparisons(filter);
  const foreign = [...comparisons.keys()].find((key) => key !== "tagname" && key !== "tagvalue");
  if (foreign !== undefined) throw notModelled(`the filter '${filter}'`);
  return (body) => hasTag(body, comparisons.get("tagname"), comparisons.get("tagvalue"));
}

/** True where the body has the tag, by name without regard to case, with the value if one is asked for. */
export function hasTag(body: ResourceBody, name: string | undefined, value: string | undefined): boolean {
  if (name === undefined) return true;
  return Object.entries(body.tags ?? {}).some(
    ([key, held]) => key.toLowerCase() === name.toLowerCase() && (value === undefined || held === value),
  );
}
