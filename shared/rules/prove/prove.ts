import { packetIn } from "../compare/region-packet.ts";
import { PacketSets } from "../decision-diagram/packet-sets.ts";
import { decide } from "../meaning/decide.ts";
import { type Direction, directions, type MeaningRule, type SecurityGroupMeaning } from "../meaning/meaning-rule.ts";
import type { Memberships, Packet } from "../meaning/packet.ts";

/** Rules that say what shall pass in each direction; what they do not allow shall not. */
export type Intent = Readonly<Record<Direction, readonly MeaningRule[]>>;

/** A packet that passes against the intent, or is stopped against it. */
export interface Counterexample {
  readonly kind: "unintended" | "missing";
  readonly packet: Packet;
  /** What is supposed of service tags and ASGs: those that the packet's sides belong to. */
  readonly memberships: Memberships;
  /** At each NSG, the rule that decides. */
  readonly decisions: readonly {
    readonly networkSecurityGroup: string;
    readonly rule: string;
    readonly access: string;
  }[];
}

export type Proof =
  | { readonly proven: true; readonly counterexample: null }
  | { readonly proven: false; readonly counterexample: Counterexample };

/**
 * Proves that the NSGs on a packet's way (the subnet's and the NIC's) together let pass exactly what the intent allows,
 * each direction on its own and whatever the members of tags and ASGs are: a packet passes where every NSG allows it. A
 * tag that the intent does not name may hold any address, so an allow for it is unintended. Unintended flows are
 * looked for first. Throws RefusedError `RulesTooComplex`.
 */
export function prove(intent: Intent, groups: readonly SecurityGroupMeaning[], workLimit?: number): Proof {
  for (const direction of directions) {
    const rules = groups.map((group) => group[direction]);
    const sets = new PacketSets([intent[direction], ...rules], workLimit);
    const intended = sets.allowedBy(intent[direction]);
    const passing = rules.map((list) => sets.allowedBy(list)).reduce((a, b) => sets.both(a, b));
    if (passing === intended) continue;
    const unintended = sets.example(sets.without(passing, intended));
    const region = unintended ?? sets.example(sets.without(intended, passing));
    if (region === null) continue;
    const { packet: fields, memberships } = packetIn(sets.levels, region);
    const packet: Packet = { direction, ...fields };
    const decisions = groups.map((group) => {
      const rule = decide(group[direction], packet, memberships);
      return { networkSecurityGroup: group.name, rule: rule.name, access: rule.access };
    });
    const kind = unintended === null ? "missing" : "unintended";
    return { proven: false, counterexample: { kind, packet, memberships, decisions } };
  }
  return { proven: true, counterexample: null };
}
