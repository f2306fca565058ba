import type { Packet } from "../../shared/rules/meaning/packet.ts";

/** A packet in one line: `Inbound Tcp 10.0.0.4:49152 -> 10.0.1.4:443`. */
export function packetText(packet: Packet): string {
  const { direction, protocol, sourceAddress, sourcePort, destinationAddress, destinationPort } = packet;
  const named = typeof protocol === "number" ? `protocol ${protocol}` : protocol;
  return `${direction} ${named} ${sourceAddress}:${sourcePort} -> ${destinationAddress}:${destinationPort}`;
}
