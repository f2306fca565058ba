import { addressNumber } from "./address-set.ts";
import { type Direction, directions } from "./meaning-rule.ts";
import type { Packet } from "./packet.ts";
import { objectOf, wordOf } from "./parse-security-rule.ts";
import { LAST_PORT } from "./port-set.ts";
import { packetProtocolIndex, protocolOf } from "./protocol.ts";
import { unreadable } from "./unreadable.ts";

/** Reads one packet: direction, protocol by name or IANA number, addresses, ports. Throws RefusedError. */
export function parsePacket(value: unknown): Packet {
  const fields = objectOf(value, "packet");
  const direction = wordOf<Direction>(fields.direction, directions, "packet: direction");
  const { protocol } = fields;
  if (typeof protocol !== "string" && typeof protocol !== "number") throw unreadable("packet", "protocol is missing");
  return {
    direction,
    protocol: protocolOf(packetProtocolIndex(protocol, "packet")),
    sourceAddress: address(fields.sourceAddress, "source"),
    sourcePort: port(fields.sourcePort, "source"),
    destinationAddress: address(fields.destinationAddress, "destination"),
    destinationPort: port(fields.destinationPort, "destination"),
  };
}

function address(value: unknown, side: string): string {
  if (typeof value !== "string" || addressNumber(value) === null) {
    throw unreadable(`packet: ${side} address`, `${JSON.stringify(value)} is no IPv4 address`);
  }
  return value;
}

function port(value: unknown, side: string): number {
  if (typeof value !== "number" || !Number.isInteger(value) || value < 0 || value > LAST_PORT) {
    throw unreadable(`packet: ${side} port`, `${JSON.stringify(value)} is no port from 0 to ${LAST_PORT}`);
  }
  return value;
}
