import { type IntervalSet, intervalSet } from "./interval-set.ts";
import { unreadable } from "./unreadable.ts";

export const LAST_PORT = 65535;

export const anyPort: IntervalSet = [0, LAST_PORT];

/** Reads `*`, `443`, `1024-65535` and lists of them. Throws RefusedError `UnreadableSecurityRule`. */
export function parsePortSet(texts: readonly string[], where: string): IntervalSet {
  const ranges = texts.map((text) => parsePortRange(text, where));
  return ranges.some(([first, last]) => first === 0 && last === LAST_PORT) ? anyPort : intervalSet(ranges);
}

function parsePortRange(text: string, where: string): readonly [number, number] {
  if (text === "*" || text.toLowerCase() === "any") return [0, LAST_PORT];
  const [, from, to] = /^(\d{1,5})(?:\s*-\s*(\d{1,5}))?$/.exec(text) ?? [];
  const first = Number(from);
  const last = Number(to ?? from);
  if (!(first <= last && last <= LAST_PORT)) {
    throw unreadable(where, `${JSON.stringify(text)} is no port from 0 to 65535, no range a-b and not *`);
  }
  return [first, last];
}
