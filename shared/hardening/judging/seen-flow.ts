import { ipv4Address } from "../../domain/address-prefix.ts";
import { type IntervalSet, intersectionOfIntervals, rangesOf } from "../../rules/meaning/interval-set.ts";
import type { Direction } from "../../rules/meaning/meaning-rule.ts";
import { LAST_PORT } from "../../rules/meaning/port-set.ts";
import { packetProtocolIndex, protocolOf } from "../../rules/meaning/protocol.ts";
import type { ObservedFlow } from "../flow-logs/observed-flow.ts";
import type { FlowEnd } from "./flow-end.ts";

/** An observed flow as the network security group of one subnet meets it. */
export interface SeenFlow {
  readonly direction: Direction;
  readonly source: FlowEnd;
  readonly destination: FlowEnd;
  /** Index in `namedProtocols`, or of all others. */
  readonly protocol: number;
  readonly firstPort: number;
  readonly lastPort: number;
  readonly observed: ObservedFlow;
}

/**
 * The allowed flows that interfaces in a subnet logged: inbound by their destination, outbound by their source. Load-balanced traffic
 * is logged as it arrives, with its original source and the machine as destination (trap 1).
 */
export function flowsSeenAt(subnet: IntervalSet, flows: readonly ObservedFlow[]): SeenFlow[] {
  return flows.flatMap((flow) => {
    if (!flow.allowed) return [];
    const source = endOf(flow.source, flow.sourceLength);
    const destination = endOf(flow.destination, flow.destinationLength);
    const near = flow.direction === "Inbound" ? destination : source;
    const [inside] = rangesOf(intersectionOfIntervals([near.first, near.last], subnet));
    if (inside === undefined) return [];
    const [first, last] = inside;
    const own = { first, last };
    return [
      {
        direction: flow.direction,
        source: flow.direction === "Inbound" ? source : own,
        destination: flow.direction === "Inbound" ? own : destination,
        protocol: packetProtocolIndex(flow.protocol, "flow log"),
        firstPort: flow.destinationPort ?? 0,
        lastPort: flow.destinationPort ?? LAST_PORT,
        observed: flow,
      },
    ];
  });
}

/** `Inbound 10.20.1.4 -> 10.20.2.4 Tcp 1433`. */
export function flowText({
  direction,
  source,
  destination,
  protocol,
  firstPort,
  lastPort,
  observed,
}: SeenFlow): string {
  const name = protocolOf(protocol);
  const protocolText = typeof name === "number" ? `protocol ${observed.protocol}` : name;
  const port = firstPort === lastPort ? String(firstPort) : "any port";
  return `${direction} ${endText(source)} -> ${endText(destination)} ${protocolText} ${port}`;
}

function endOf(first: number, length: number): FlowEnd {
  return { first, last: first + 2 ** (32 - length) - 1 };
}

function endText({ first, last }: FlowEnd): string {
  const length = 32 - Math.log2(last - first + 1);
  return length === 32 ? ipv4Address(first) : `${ipv4Address(first)}/${length}`;
}
