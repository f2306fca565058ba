import fc from "fast-check";
import type { PlainRule } from "./brute-force.ts";

const prefixes = [
  "*",
  "10.0.0.0/8",
  "10.1.0.0/16",
  "10.1.2.0/24",
  "10.1.2.3",
  "10.1.2.3-10.1.3.7",
  "192.168.0.0/16",
  "8.8.8.0/24",
  "128.0.0.0/1",
  "168.63.129.16/32",
];
const ports = ["*", "80", "443", "80-443", "1000-2000", "1433", "0-1023"];

const list = (values: readonly string[]): fc.Arbitrary<string[]> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...values).map((value) => [value]) },
    { weight: 1, arbitrary: fc.uniqueArray(fc.constantFrom(...values.slice(1)), { minLength: 2, maxLength: 3 }) },
  );

const rule: fc.Arbitrary<Omit<PlainRule, "priority">> = fc.record({
  direction: fc.constantFrom("Inbound", "Outbound"),
  access: fc.constantFrom("Allow", "Deny"),
  protocol: fc.constantFrom("Tcp", "Udp", "Icmp", "*"),
  sourceAddressPrefixes: list(prefixes),
  sourcePortRanges: fc.oneof(
    { weight: 3, arbitrary: fc.constant<string[]>(["*"]) },
    { weight: 1, arbitrary: list(ports) },
  ),
  destinationAddressPrefixes: list(prefixes),
  destinationPortRanges: list(ports),
});

export const closing = (direction: "Inbound" | "Outbound"): PlainRule => ({
  name: `DenyAll${direction}`,
  priority: 4096,
  direction,
  access: "Deny",
  protocol: "*",
  sourceAddressPrefixes: ["*"],
  sourcePortRanges: ["*"],
  destinationAddressPrefixes: ["*"],
  destinationPortRanges: ["*"],
});

/** Gives rules their priorities in the order of the list. */
export const inOrder = (rules: readonly Omit<PlainRule, "priority">[]): PlainRule[] =>
  rules.map((rule, index) => ({ ...rule, name: `rule-${index}`, priority: 100 + index }));

/** Rules that overlap in many ways; `closed` ends both directions with a deny of everything. */
export function ruleSet(maxLength: number, closed: boolean): fc.Arbitrary<PlainRule[]> {
  return fc
    .array(rule, { maxLength })
    .map((rules) => [...inOrder(rules), ...(closed ? [closing("Inbound"), closing("Outbound")] : [])]);
}

/** A change of one rule that may or may not change the meaning of the whole. */
export function mutated(rules: readonly PlainRule[]): fc.Arbitrary<PlainRule[]> {
  const own = rules.filter(({ priority }) => priority < 4096);
  const rest = rules.filter(({ priority }) => priority === 4096);
  if (own.length === 0) return fc.constant([...rules]);
  return fc.tuple(fc.nat(own.length - 1), fc.nat(own.length - 1), fc.nat(5), rule).map(([at, other, kind, fresh]) => {
    const changed = own.map((entry) => ({ ...entry }));
    const target = changed[at] as PlainRule;
    if (kind === 0) target.access = target.access === "Allow" ? "Deny" : "Allow";
    else if (kind === 1) target.destinationPortRanges = fresh.destinationPortRanges;
    else if (kind === 2) target.sourceAddressPrefixes = fresh.sourceAddressPrefixes;
    else if (kind === 3) changed.splice(at, 1);
    else if (kind === 4) changed.splice(at, 0, { ...fresh, priority: 0 });
    else [changed[at], changed[other]] = [changed[other] as PlainRule, changed[at] as PlainRule];
    return [...inOrder(changed), ...rest];
  });
}
