import { type Direction, directions, type MeaningRule } from "../meaning/meaning-rule.ts";
import { parseSecurityRule } from "../meaning/parse-security-rule.ts";
import { unreadable } from "../meaning/unreadable.ts";
import type { Intent } from "./prove.ts";

/**
 * Reads an intent: rules that allow, of any order, as flows do not exclude each other. Names and priorities may be left
 * out. Throws RefusedError `UnreadableSecurityRule` or `Ipv6NotModelled`.
 */
export function parseIntent(value: unknown): Intent {
  if (!Array.isArray(value)) throw unreadable("intent", "is not an array of rules");
  const rules = value.map((rule: unknown, index): MeaningRule => {
    const complete = typeof rule === "object" && rule !== null && !Array.isArray(rule);
    const parsed = parseSecurityRule(complete ? { priority: 100, access: "Allow", ...rule } : rule, index);
    if (parsed.access !== "Allow")
      throw unreadable(`intent: ${parsed.name}`, "does not allow; an intent says what shall pass");
    return parsed;
  });
  const ofDirection = (direction: Direction) => rules.filter((rule) => rule.direction === direction);
  const [Inbound, Outbound] = directions.map(ofDirection) as [MeaningRule[], MeaningRule[]];
  return { Inbound, Outbound };
}
