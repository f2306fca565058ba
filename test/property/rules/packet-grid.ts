import type { PlainPacket, PlainRule } from "./brute-force.ts";

/**
 * One packet for every combination of conditions that the rules can tell apart: a rule set cannot change its answer
 * between two neighbouring borders of its ranges, so packets at the borders stand for all.
 */
export function* packetGrid(rules: readonly PlainRule[]): Generator<PlainPacket> {
  const addresses = borders(
    [...rules.flatMap((rule) => [...rule.sourceAddressPrefixes, ...rule.destinationAddressPrefixes]), ...defaults],
    addressRange,
  ).map(dotted);
  const sourcePorts = borders(
    rules.flatMap((rule) => rule.sourcePortRanges),
    portRange,
    65535,
  );
  const destinationPorts = borders(
    rules.flatMap((rule) => rule.destinationPortRanges),
    portRange,
    65535,
  );
  const protocols = [...new Set([...rules.map(({ protocol }) => protocol), "132"])].filter((name) => name !== "*");
  const directions = [...new Set(rules.map((rule) => rule.direction))];
  const fields = [directions, protocols, addresses, addresses, sourcePorts, destinationPorts] as const;
  const count = fields.reduce((product, { length }) => product * length, 1);
  for (let index = 0; index < count; index += 1) {
    let rest = index;
    const next = <T>(values: readonly T[]): T => {
      const value = values[rest % values.length] as T;
      rest = Math.floor(rest / values.length);
      return value;
    };
    yield {
      direction: next(directions),
      protocol: next(protocols),
      sourceAddress: next(addresses),
      destinationAddress: next(addresses),
      sourcePort: next(sourcePorts),
      destinationPort: next(destinationPorts),
    };
  }
}

/** What the default rules tell apart. */
const defaults = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "168.63.129.16"];

function borders(texts: readonly string[], range: (text: string) => [number, number], last = 2 ** 32 - 1): number[] {
  const values = new Set([0]);
  for (const text of new Set(texts)) {
    if (text === "*") continue;
    const [from, to] = range(text);
    values.add(from);
    if (to < last) values.add(to + 1);
  }
  return [...values];
}

function addressRange(text: string): [number, number] {
  const [from = "", to] = text.split("-");
  if (to !== undefined) return [number(from), number(to)];
  const [network = "", length = "32"] = from.split("/");
  return [number(network), number(network) + 2 ** (32 - Number(length)) - 1];
}

function portRange(text: string): [number, number] {
  const [from, to = from] = text.split("-").map(Number);
  return [from as number, to as number];
}

const number = (address: string): number => address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);

const dotted = (value: number): string => [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
