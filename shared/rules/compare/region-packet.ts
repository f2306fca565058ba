import { ipv4Address } from "../../domain/address-prefix.ts";
import type { Region } from "../decision-diagram/joint-walk.ts";
import { fieldLevels, type Level, type Side, zones } from "../decision-diagram/level.ts";
import { addressNumber } from "../meaning/address-set.ts";
import type { Memberships, Packet } from "../meaning/packet.ts";
import { protocolOf } from "../meaning/protocol.ts";
import { INTERNET, VIRTUAL_NETWORK } from "../meaning/service-tags.ts";

type Range = Region[number];

/** Addresses and ports that people recognise, tried in this order. */
const addressesToTry: Readonly<Record<Side, readonly string[]>> = {
  source: ["10.0.0.4", "192.168.0.4", "172.16.0.4", "203.0.113.4", "8.8.8.8"],
  destination: ["10.0.1.4", "192.168.1.4", "172.16.1.4", "203.0.113.5", "8.8.4.4"],
};
const destinationPortsToTry = [443, 80, 1433, 22, 3389];
const sourcePortsToTry = [49152];

/** A packet of the region, and the symbols that it must belong to. */
export function packetIn(
  levels: readonly Level[],
  region: Region,
): { packet: Omit<Packet, "direction">; memberships: Memberships } {
  const range = (level: number) => region[level] as Range;
  return {
    packet: {
      protocol: protocolOf(range(fieldLevels.protocol)[0]),
      sourceAddress: addressIn(range(fieldLevels.source), "source"),
      sourcePort: valueIn(range(fieldLevels.sourcePort), sourcePortsToTry),
      destinationAddress: addressIn(range(fieldLevels.destination), "destination"),
      destinationPort: valueIn(range(fieldLevels.destinationPort), destinationPortsToTry),
    },
    memberships: {
      source: membershipsOf("source", levels, region),
      destination: membershipsOf("destination", levels, region),
    },
  };
}

function addressIn([first, last]: Range, side: Side): string {
  for (const text of addressesToTry[side]) {
    const address = addressNumber(text) as number;
    if (first <= address && address <= last) return text;
  }
  // The fifth address of a subnet is the first that Azure gives to a machine.
  return ipv4Address(last - first > 4 ? first + 4 : first);
}

function valueIn([first, last]: Range, toTry: readonly number[]): number {
  return toTry.find((value) => first <= value && value <= last) ?? (first === 0 && last > 0 ? 1 : first);
}

function membershipsOf(side: Side, levels: readonly Level[], region: Region): string[] {
  const symbols: string[] = [];
  for (const [index, { name, last }] of levels.entries()) {
    if (!name.startsWith(`${side} `)) continue;
    const [first, end] = region[index] as Range;
    const symbol = name.slice(side.length + 1);
    // A level over which the region leaves a choice decides nothing: no membership is the plainest answer.
    if (first === 0 && end === last) continue;
    if (symbol !== "zone") {
      if (first === 1) symbols.push(symbol);
    } else if (first === zones[VIRTUAL_NETWORK]) symbols.push(VIRTUAL_NETWORK);
    else if (first === zones[INTERNET]) symbols.push(INTERNET);
  }
  return symbols;
}
