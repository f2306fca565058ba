import type { Conversation } from "./conversations.ts";
import { judgePacket, type Verdict } from "./judge-packet.ts";
import type { NetworkEnd, NetworkMap } from "./network-map.ts";

/** One line of a flow log, and where it belongs. */
export interface FlowTuple {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly macAddress: string;
  readonly aclId: string;
  readonly rule: string;
  readonly text: string;
}

type State = "B" | "C" | "E" | "D";

interface Counters {
  readonly packetsSent: number;
  readonly bytesSent: number;
  readonly packetsReceived: number;
  readonly bytesReceived: number;
}

const nothing: Counters = { packetsSent: 0, bytesSent: 0, packetsReceived: 0, bytesReceived: 0 };
/** A connection that is refused at the other end: three tries to open it, no answer. */
const unanswered: Counters = { packetsSent: 3, bytesSent: 198, packetsReceived: 0, bytesReceived: 0 };

const protocolNumbers = { Tcp: 6, Udp: 17 } as const;
/** Statistics of a flow that goes on come every five minutes ("Virtual network flow logs", Log format). */
const continuingSeconds = 300;
const retrySeconds = 21;
const packetBytes = 1400;

/**
 * What the flow log writes about a connection: at the source's interface and, where the packet gets there, at the
 * destination's; a denied one only where it was denied, beside the tries that its source made.
 */
export function flowTuples(map: NetworkMap, conversation: Conversation): FlowTuple[] {
  const { source, destination, sourcePort, destinationPort, protocol } = conversation;
  const packet = { source: source.address, destination: destination.address, sourcePort, destinationPort, protocol };
  const lines: FlowTuple[] = [];
  const write = (end: NetworkEnd, inbound: boolean, verdict: Verdict, at: number, state: State, counters: Counters) => {
    const { macAddress } = end;
    const direction = inbound ? "I" : "O";
    const text = `${at},${packet.source},${packet.destination},${sourcePort},${destinationPort},${protocolNumbers[protocol]},${direction},${state},NX,${counters.packetsSent},${counters.bytesSent},${counters.packetsReceived},${counters.bytesReceived}`;
    lines.push({ time: at, macAddress, aclId: verdict.aclId, rule: verdict.rule, text });
  };
  const leaving = source.end && judgePacket(map, source.end, "Outbound", packet);
  if (source.end && leaving?.allowed === false) {
    write(source.end, false, leaving, conversation.startedAt, "D", nothing);
    return lines;
  }
  const arriving = destination.end && judgePacket(map, destination.end, "Inbound", packet);
  if (destination.end && arriving?.allowed === false) {
    write(destination.end, true, arriving, conversation.startedAt, "D", nothing);
    if (source.end && leaving) {
      write(source.end, false, leaving, conversation.startedAt, "B", nothing);
      write(source.end, false, leaving, conversation.startedAt + retrySeconds * 1000, "E", unanswered);
    }
    return lines;
  }
  for (const { at, state, counters } of course(conversation)) {
    if (source.end && leaving) write(source.end, false, leaving, at, state, counters);
    if (destination.end && arriving) write(destination.end, true, arriving, at, state, counters);
  }
  return lines;
}

/** Beginning, five-minute statistics and end of a connection; each line counts what came since the one before. */
function* course({ startedAt, seconds, bytes }: Conversation): Generator<{
  readonly at: number;
  readonly state: State;
  readonly counters: Counters;
}> {
  yield { at: startedAt, state: "B", counters: nothing };
  const parts = Math.floor(seconds / continuingSeconds) + 1;
  for (let part = 1; part < parts; part += 1) {
    yield { at: startedAt + part * continuingSeconds * 1000, state: "C", counters: share(bytes, parts) };
  }
  yield { at: startedAt + seconds * 1000, state: "E", counters: share(bytes, parts) };
}

/** A part of the bytes: a fifth of it asks, the rest answers. */
function share(bytes: number, parts: number): Counters {
  const bytesSent = Math.max(60, Math.round(bytes / parts / 5));
  const bytesReceived = Math.max(60, Math.round((bytes / parts) * 0.8));
  const packets = (count: number) => Math.ceil(count / packetBytes) + 2;
  return { packetsSent: packets(bytesSent), bytesSent, packetsReceived: packets(bytesReceived), bytesReceived };
}
