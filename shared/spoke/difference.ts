import type { PropertyDifference } from "../domain/plan.ts";
import type { DesiredResource, ObservedResource } from "../domain/resource.ts";
import { resourceIdKey, resourceName } from "../domain/resource-id.ts";

/** Collections and maps in which what we do not desire belongs to others and is left alone (design: preserved). */
const preserved = new Set([
  "tags",
  "subnets",
  "addressPrefixes",
  "ipAddresses",
  "networkRules",
  "applicationRules",
  "applicationSecurityGroupIds",
  "loadBalancerBackendPoolIds",
  "categories",
]);

/** Lists whose order counts: machines ask the first name server first. */
const ordered = new Set(["dnsServers"]);

/** Properties of a shared or joined resource that its owner decides. */
const ownersChoice = new Set(["location", "priority"]);

/**
 * Where an observed resource is otherwise than desired, property by property. Only desired properties count;
 * named lists are compared by name, name servers in their order, other lists as sets, ids without regard to case. `retired` members must be gone.
 */
export function differences(desired: DesiredResource, observed: ObservedResource): PropertyDifference[] {
  const found: PropertyDifference[] = [];
  const owned = desired.ownership === "owned" || desired.ownership === "prerequisite";
  for (const [key, value] of Object.entries(desired.body)) {
    if (!owned && ownersChoice.has(key)) continue;
    compare(`/${key}`, key, value, (observed.body as Readonly<Record<string, unknown>>)[key], found);
  }
  return [...found, ...stillPresent(desired, observed)];
}

function compare(pointer: string, key: string, desired: unknown, observed: unknown, found: PropertyDifference[]): void {
  if (Array.isArray(desired)) {
    const list: readonly unknown[] = Array.isArray(observed) ? observed : [];
    if (!ordered.has(key)) compareLists(pointer, key, desired, list, found);
    else if (JSON.stringify(desired) !== JSON.stringify(list)) found.push({ pointer, desired, observed: list });
  } else if (isRecord(desired) && isRecord(observed)) {
    const keys = preserved.has(key) ? Object.keys(desired) : unionOfKeys(desired, observed);
    for (const inner of keys) {
      compare(`${pointer}/${escaped(inner)}`, inner, desired[inner], observed[inner], found);
    }
  } else if (!sameValue(key, desired, observed)) {
    found.push({ pointer, desired: desired ?? null, observed: observed ?? null });
  }
}

function compareLists(
  pointer: string,
  key: string,
  desired: readonly unknown[],
  observed: readonly unknown[],
  found: PropertyDifference[],
): void {
  if (!desired.every(isNamed) || !observed.every(isNamed) || desired.length + observed.length === 0) {
    const missing = desired.filter((value) => !observed.some((other) => sameMember(key, value, other)));
    const extra = preserved.has(key)
      ? []
      : observed.filter((value) => !desired.some((other) => sameMember(key, value, other)));
    if (missing.length + extra.length > 0) found.push({ pointer, desired, observed });
    return;
  }
  const standing = new Map(observed.map((member) => [member.name.toLowerCase(), member]));
  for (const member of desired) {
    const at = `${pointer}/${escaped(member.name)}`;
    const other = standing.get(member.name.toLowerCase());
    standing.delete(member.name.toLowerCase());
    if (other === undefined) found.push({ pointer: at, desired: member, observed: null });
    else
      for (const inner of Object.keys(member)) {
        if (inner !== "name") compare(`${at}/${inner}`, inner, member[inner], other[inner], found);
      }
  }
  if (preserved.has(key)) return;
  for (const extra of standing.values()) {
    found.push({ pointer: `${pointer}/${escaped(extra.name)}`, desired: null, observed: extra });
  }
}

/** Members that were ours and still stand, in whichever collection. */
function stillPresent(desired: DesiredResource, observed: ObservedResource): PropertyDifference[] {
  const retired = desired.retired ?? [];
  if (retired.length === 0) return [];
  return Object.entries(observed.body).flatMap(([key, value]): PropertyDifference[] => {
    if (!Array.isArray(value)) return [];
    return value.flatMap((member): PropertyDifference[] => {
      const name = isNamed(member) ? member.name : String(member);
      const gone = !retired.some((entry) => resourceIdKey(entry) === resourceIdKey(name));
      return gone ? [] : [{ pointer: `/${key}/${escaped(name)}`, desired: null, observed: member }];
    });
  });
}

/** An assignment names its role definition below any scope: the GUID at its end is what counts. */
function sameValue(key: string, a: unknown, b: unknown): boolean {
  if (typeof a !== "string" || typeof b !== "string") return (a ?? null) === (b ?? null);
  if (key === "roleDefinitionId") return resourceName(a).toLowerCase() === resourceName(b).toLowerCase();
  if (a.startsWith("/") || key === "location" || key.endsWith("Id")) return resourceIdKey(a) === resourceIdKey(b);
  return a === b;
}

function sameMember(key: string, a: unknown, b: unknown): boolean {
  if (isRecord(a) && isRecord(b)) return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
  return sameValue(key, a, b);
}

const sorted = (record: Readonly<Record<string, unknown>>) =>
  Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
const unionOfKeys = (a: object, b: object) => [...new Set([...Object.keys(a), ...Object.keys(b)])];
const escaped = (token: string) => token.replaceAll("~", "~0").replaceAll("/", "~1");

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNamed(value: unknown): value is Readonly<Record<string, unknown>> & { readonly name: string } {
  return isRecord(value) && typeof value.name === "string";
}
