import type { PlainRule } from "../../test/property/rules/brute-force.ts";

/** Numbers from 0 to below 1, the same on every machine for one seed (linear congruential, Numerical Recipes). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Two rule sets to be compared. */
export type Pair = readonly [PlainRule[], PlainRule[]];

/** A kind of rule sets, by which the measurements are named. */
export interface RuleFamily {
  readonly name: string;
  readonly pair: (size: number, random: () => number) => Pair;
}

/** Hosts, subnets and the ports that people open, closed at the end; one or two rules of the copy changed by hand. */
const realisticDrift: RuleFamily = {
  name: "realistic, 1-2 changes",
  pair: (size, random) => {
    const rules = realistic(size, random);
    return [rules, drifted(rules, random)];
  },
};

/** The same meaning written in another way: a tenth of the rules split, and neighbours exchanged where order is free. */
const realisticRewritten: RuleFamily = {
  name: "realistic, 10 % rewritten, equal",
  pair: (size, random) => {
    const rules = realistic(size, random);
    return [rules, rewritten(rules, random)];
  },
};

/** Prefixes of any length anywhere, port ranges, half of the rules deny. */
const randomDrift: RuleFamily = {
  name: "random, 1-2 changes",
  pair: (size, random) => {
    const rules = scattered(size, random, () => prefix(whole(2 ** 32, random), 8 + whole(25, random)));
    return [rules, drifted(rules, random)];
  },
};

/** Prefixes that lie in one another many levels deep. */
const nestedDrift: RuleFamily = {
  name: "nested random, 1-2 changes",
  pair: (size, random) => {
    const rules = scattered(size, random, () => prefix(10 * 2 ** 24 + whole(2 ** 12, random), 4 + whole(20, random)));
    return [rules, drifted(rules, random)];
  },
};

export const ruleFamilies: readonly RuleFamily[] = [realisticDrift, realisticRewritten, randomDrift, nestedDrift];

function realistic(size: number, random: () => number): PlainRule[] {
  const network = () => 2560 + 20 + whole(4, random);
  const subnet = () => prefix(network() * 2 ** 16 + whole(64, random) * 256, 24);
  const host = () => prefix(network() * 2 ** 16 + whole(64, random) * 256 + 4 + whole(60, random), 32);
  const ports = ["22", "80", "443", "1433", "3389", "5432", "6379", "8080", "8000-8100"];
  return ordered([
    ...Array.from({ length: size - 1 }, () =>
      ruleWith({
        access: random() < 0.85 ? "Allow" : "Deny",
        protocol: pick(["Tcp", "Tcp", "Tcp", "Udp", "*"], random),
        sourceAddressPrefixes: random() < 0.1 ? ["*"] : [random() < 0.6 ? subnet() : host()],
        destinationAddressPrefixes: random() < 0.05 ? ["*"] : random() < 0.3 ? [host(), host()] : [subnet()],
        destinationPortRanges: random() < 0.1 ? ["*"] : [pick(ports, random)],
      }),
    ),
    ruleWith({ access: "Deny" }),
  ]);
}

function scattered(size: number, random: () => number, anyPrefix: () => string): PlainRule[] {
  return ordered([
    ...Array.from({ length: size - 1 }, () => {
      const first = whole(65536, random);
      const last = Math.min(65535, first + whole(2000, random));
      return ruleWith({
        access: random() < 0.5 ? "Allow" : "Deny",
        protocol: pick(["Tcp", "Udp", "Icmp", "*"], random),
        sourceAddressPrefixes: [anyPrefix()],
        destinationAddressPrefixes: [anyPrefix()],
        destinationPortRanges: random() < 0.2 ? ["*"] : [`${first}-${last}`],
      });
    }),
    ruleWith({ access: "Deny" }),
  ]);
}

function drifted(rules: readonly PlainRule[], random: () => number): PlainRule[] {
  const copy = rules.map((rule) => ({ ...rule }));
  for (let change = 0; change <= whole(2, random); change += 1) {
    const rule = copy[whole(copy.length - 1, random)] as PlainRule;
    const kind = whole(3, random);
    if (kind === 0) rule.access = rule.access === "Allow" ? "Deny" : "Allow";
    else if (kind === 1) rule.destinationPortRanges = [String(whole(65536, random))];
    else rule.sourceAddressPrefixes = [prefix(2570 * 2 ** 16 + whole(65536, random), 32)];
  }
  return copy;
}

function rewritten(rules: readonly PlainRule[], random: () => number): PlainRule[] {
  const parts = rules.flatMap((rule, index) => {
    if (index === rules.length - 1 || random() >= 0.1) return [rule];
    return rule.destinationPortRanges[0] === "*"
      ? ["0-1023", "1024-65535"].map((range) => ({ ...rule, destinationPortRanges: [range] }))
      : rule.destinationAddressPrefixes.map((one) => ({ ...rule, destinationAddressPrefixes: [one] }));
  });
  for (let index = 0; index + 1 < parts.length; index += 1) {
    const [one, two] = [parts[index] as PlainRule, parts[index + 1] as PlainRule];
    if (one.access === two.access && random() < 0.1) [parts[index], parts[index + 1]] = [two, one];
  }
  return ordered(parts);
}

function ordered(rules: readonly PlainRule[]): PlainRule[] {
  return rules.map((rule, index) => ({ ...rule, name: `rule-${index}`, priority: 100 + index }));
}

function ruleWith(fields: Partial<PlainRule>): PlainRule {
  return {
    priority: 100,
    direction: "Inbound",
    access: "Allow",
    protocol: "*",
    sourceAddressPrefixes: ["*"],
    sourcePortRanges: ["*"],
    destinationAddressPrefixes: ["*"],
    destinationPortRanges: ["*"],
    ...fields,
  };
}

function prefix(address: number, length: number): string {
  const size = 2 ** (32 - length);
  const first = Math.floor(address / size) * size;
  return `${[24, 16, 8, 0].map((shift) => (first >>> shift) & 255).join(".")}/${length}`;
}

const whole = (below: number, random: () => number): number => Math.floor(random() * below);
const pick = <T>(values: readonly T[], random: () => number): T => values[whole(values.length, random)] as T;
