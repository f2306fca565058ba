import type { PropertyDifference } from "../../domain/plan.ts";
import type { DesiredResource } from "../../domain/resource.ts";
import { type RuleKind, ruleKind } from "./rule-kind.ts";
import type { Aspect } from "./standing-as-desired.ts";

const type = "Microsoft.Network/networkSecurityGroups";

/** Security rules of these kinds, wherever the desired state has them. */
export function rulesOf(kinds: readonly RuleKind[], none: string): Aspect {
  const wanted = new Set(kinds);
  return {
    of: (desired, { design }) =>
      desired.type === type &&
      desired.body.securityRules.some((rule) => wanted.has(ruleKind(rule.name, design.request.application.tiers))),
    at: (difference, desired, { design }) => {
      const rule = desiredRule(desired, difference);
      return rule !== null && wanted.has(ruleKind(rule, design.request.application.tiers));
    },
    none,
  };
}

/** Security rules that nobody asked for. */
export const rulesBeyond: Aspect = {
  of: (desired) => desired.type === type,
  at: (difference, desired) => ruleOf(difference) !== null && desiredRule(desired, difference) === null,
  none: "The spoke has no network security group.",
};

/** Name of the rule that a difference is about; null where it is about something else. */
function ruleOf({ pointer }: PropertyDifference): string | null {
  const [, list, name] = pointer.split("/");
  if (list !== "securityRules" || name === undefined) return null;
  return name.replaceAll("~1", "/").replaceAll("~0", "~");
}

/** The same in the desired spelling; null where the desired state has no such rule. */
function desiredRule(desired: DesiredResource, difference: PropertyDifference): string | null {
  const name = ruleOf(difference)?.toLowerCase();
  if (name === undefined || desired.type !== type) return null;
  return desired.body.securityRules.find((rule) => rule.name.toLowerCase() === name)?.name ?? null;
}
