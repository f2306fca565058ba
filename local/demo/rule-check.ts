import type { ExpectedRule } from "./expected-rules.ts";
import type { ShownRule } from "./network-security-group.ts";

/** What is wrong with the rules of an NSG: an expected rule that is missing or stands outside its priorities. */
export function checkRules(expected: readonly ExpectedRule[], rules: readonly ShownRule[]): string[] {
  return expected.flatMap(({ what, lowest, highest, matches }) => {
    const found = rules.filter(matches);
    if (found.length === 0) return [`${what} is missing`];
    if (found.some(({ priority }) => priority >= lowest && priority <= highest)) return [];
    const priorities = found.map(({ priority }) => priority).join(", ");
    return [`${what} has priority ${priorities} instead of ${lowest === highest ? lowest : `${lowest}–${highest}`}`];
  });
}
