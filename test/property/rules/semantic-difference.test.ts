import fc from "fast-check";
import { expect, test } from "vitest";
import { FIRST_ALLOWS, SECOND_ALLOWS } from "../../../shared/rules/decision-diagram/diagram.ts";
import { differingBoxes } from "../../../shared/rules/difference/semantic-difference.ts";
import { addressNumber } from "../../../shared/rules/meaning/address-set.ts";
import { intervalSetHolds } from "../../../shared/rules/meaning/interval-set.ts";
import { parseSecurityGroup } from "../../../shared/rules/meaning/parse-security-group.ts";
import { packetProtocolIndex } from "../../../shared/rules/meaning/protocol.ts";
import { type PlainPacket, passes } from "./brute-force.ts";
import { packetGrid } from "./packet-grid.ts";
import { mutated, ruleSet } from "./rule-sets.ts";

function holds(box: readonly (readonly number[] | null)[], packet: PlainPacket): boolean {
  const values = [
    addressNumber(packet.destinationAddress),
    addressNumber(packet.sourceAddress),
    packet.sourcePort,
    packetProtocolIndex(packet.protocol, "packet"),
    packet.destinationPort,
  ];
  return values.every((value, level) => {
    const set = box[level] ?? null;
    return set === null || intervalSetHolds(set, value ?? -1);
  });
}

test("every packet is in the flows gained or lost exactly when the change lets it pass or stops it, and in one only", {
  timeout: 120_000,
}, () => {
  const pair = ruleSet(3, true).chain((a) => fc.tuple(fc.constant(a), mutated(a)));
  fc.assert(
    fc.property(pair, ([before, after]) => {
      const [groupBefore, groupAfter] = [parseSecurityGroup(before), parseSecurityGroup(after)];
      for (const direction of ["Inbound", "Outbound"] as const) {
        const { boxes } = differingBoxes(groupBefore[direction], groupAfter[direction]);
        const [gained, lost] = [boxes(SECOND_ALLOWS), boxes(FIRST_ALLOWS)];
        for (const packet of packetGrid([...before, ...after])) {
          if (packet.direction !== direction) continue;
          const [passed, passesNow] = [passes(before, packet), passes(after, packet)];
          expect(gained.filter((box) => holds(box, packet)).length).toBe(!passed && passesNow ? 1 : 0);
          expect(lost.filter((box) => holds(box, packet)).length).toBe(passed && !passesNow ? 1 : 0);
        }
      }
    }),
    { numRuns: 40 },
  );
});
