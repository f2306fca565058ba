import type { Assumption } from "../../shared/rules/assumptions.ts";
import { type Decision, explain } from "../../shared/rules/explain/explain.ts";
import { parseAddressSet } from "../../shared/rules/meaning/address-set.ts";
import type { Memberships } from "../../shared/rules/meaning/packet.ts";
import { parsePacket } from "../../shared/rules/meaning/parse-packet.ts";
import { objectOf } from "../../shared/rules/meaning/parse-security-rule.ts";
import { readingOf, usualReading } from "../../shared/rules/meaning/reading.ts";
import { symbolText } from "../../shared/rules/meaning/service-tags.ts";
import { unreadable } from "../../shared/rules/meaning/unreadable.ts";
import type { Command } from "./command.ts";
import { groupsOf } from "./groups-of.ts";
import { packetText } from "./packet-text.ts";

/** `{"id", "packet", "nsgs", "virtualNetwork"?, "memberships"?}`: which rule decides on the packet? */
export const explainCommand: Command = {
  name: "explain",
  summary:
    'which rule decides on a packet at each NSG on its way? Files PACKET NSG, or lines {"id", "packet", "nsgs", "virtualNetwork"?: [prefixes], "memberships"?: {"source": [tags and ASG ids], "destination": []}}',
  files: ["packet", "nsg"],
  ask(question) {
    const packet = parsePacket(question.packet);
    const groups = groupsOf(question);
    const network = question.virtualNetwork;
    const reading = network === undefined ? usualReading : readingOf(textsOf(network, "virtualNetwork"));
    const { access, decisions } = explain(groups, packet, reading, membershipsOf(question.memberships));
    const assumptions: Assumption[] = ["no-admin-rules", "platform-traffic", "new-connections"];
    if (network === undefined) assumptions.push("usual-virtual-network");
    return {
      answer: { access, decisions: decisions.map(shown), assumptions },
      finding: false,
      readable: [`${access}: ${packetText(packet)}`, ...decisions.flatMap(readable)],
    };
  },
};

function membershipsOf(value: unknown): Memberships {
  const fields = objectOf(value ?? {}, "memberships");
  const symbols = (side: "source" | "destination"): readonly string[] => {
    const names = textsOf(fields[side] ?? [], `memberships: ${side}`);
    const isId = (name: string) => name.startsWith("/");
    const tags = names.filter((name) => !isId(name));
    return parseAddressSet(tags, names.filter(isId), `memberships: ${side}`).symbols;
  };
  return { source: symbols("source"), destination: symbols("destination") };
}

function textsOf(value: unknown, where: string): string[] {
  if (!Array.isArray(value) || !value.every((text) => typeof text === "string")) {
    throw unreadable(where, "is not a list of texts");
  }
  return value;
}

function shown(decision: Decision): object {
  return {
    ...decision,
    undecided: decision.undecided.map((open) => ({ ...open, symbols: open.symbols.map(symbolText) })),
  };
}

function readable({ networkSecurityGroup, access, rule, priority, undecided }: Decision): string[] {
  return [
    `  ${networkSecurityGroup}: ${access} by ${rule} (${priority})`,
    ...undecided.map((open) => {
      const symbols = open.symbols.map(symbolText).join(", ");
      return `    unless ${open.rule} (${open.priority}) decides first: not told who belongs to ${symbols}`;
    }),
  ];
}
