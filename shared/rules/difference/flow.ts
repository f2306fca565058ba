import { fieldLevels, type Level, type Side } from "../decision-diagram/level.ts";
import { type IntervalSet, intervalSetHolds, rangesOf, sizeOfIntervals } from "../meaning/interval-set.ts";
import type { Direction } from "../meaning/meaning-rule.ts";
import { type ProtocolName, protocolOf } from "../meaning/protocol.ts";
import { INTERNET, symbolOfTag, symbolText, VIRTUAL_NETWORK } from "../meaning/service-tags.ts";
import type { FlowBox } from "./flow-boxes.ts";
import { ANYWHERE, type NamedAddresses, nameAddresses, reachesInternet } from "./name-addresses.ts";

/** Packets that a change lets pass or stops, in the words of the spoke. */
export interface Flow {
  readonly direction: Direction;
  readonly source: readonly string[];
  readonly destination: readonly string[];
  /** Empty for any. */
  readonly protocols: readonly (ProtocolName | number)[];
  readonly sourcePorts: string;
  readonly destinationPorts: string;
  /** `Internet -> data Tcp 1433`. */
  readonly text: string;
  /** Its other end may lie in the Internet: a service tag of which nothing is known may be any address (trap 11). */
  readonly isPublic: boolean;
  /** Larger is worse; for order only. */
  readonly danger: number;
}

const GATEWAY_MANAGER = symbolOfTag("GatewayManager");
const managementPorts = [22, 3389, 5985, 5986];
const databasePorts = [1433, 1521, 3306, 5432, 6379, 27017];

/** One box of packets as a flow. */
export function flowOf(
  box: FlowBox,
  levels: readonly Level[],
  direction: Direction,
  names: readonly NamedAddresses[],
): Flow {
  const side = (of: Side) => sideText(of, box, levels, names);
  const protocols = rangesOf(box[fieldLevels.protocol] ?? []).flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, index) => protocolOf(first + index)),
  );
  const destinationPorts = portsText(box[fieldLevels.destinationPort] ?? null);
  const sourcePorts = portsText(box[fieldLevels.sourcePort] ?? null);
  const [source, destination] = [side("source"), side("destination")];
  const from = sourcePorts === "*" ? "" : ` from port ${sourcePorts}`;
  const protocolText = protocols.length === 0 ? "any protocol" : protocols.join(", ");
  const text = `${source.join(", ")} -> ${destination.join(", ")} ${protocolText} ${destinationPorts}${from}`;
  return {
    direction,
    source,
    destination,
    protocols,
    sourcePorts,
    destinationPorts,
    text,
    isPublic: mayBePublic(direction === "Inbound" ? "source" : "destination", box, levels, names),
    danger: dangerOf(box, direction, names),
  };
}

/** Members of an ASG are machines of the network, and managers of gateways are Microsoft's. */
function mayBePublic(side: Side, box: FlowBox, levels: readonly Level[], names: readonly NamedAddresses[]): boolean {
  const addresses = box[side === "source" ? fieldLevels.source : fieldLevels.destination] ?? null;
  const isWithin = levels.some(({ name }, level) => {
    const set = box[level] ?? null;
    if (set === null || !name.startsWith(`${side} `)) return false;
    const symbol = name.slice(side.length + 1);
    if (symbol === "zone") return !intervalSetHolds(set, 1) && !intervalSetHolds(set, 2);
    return intervalSetHolds(set, 1) && (symbol.startsWith("asg:") || symbol === GATEWAY_MANAGER);
  });
  return !isWithin && reachesInternet(addresses, names);
}

/** Memberships narrow the addresses: `ASG asg-x-app`, or `10.0.0.0/8 in VirtualNetwork, not in Storage`. */
function sideText(side: Side, box: FlowBox, levels: readonly Level[], names: readonly NamedAddresses[]): string[] {
  const addresses = nameAddresses(box[side === "source" ? fieldLevels.source : fieldLevels.destination] ?? null, names);
  const conditions = levels.flatMap(({ name }, level) => {
    const set = box[level] ?? null;
    if (set === null || !name.startsWith(`${side} `)) return [];
    const symbol = name.slice(side.length + 1);
    if (symbol === "zone") return [zoneText(set)];
    return [intervalSetHolds(set, 1) ? symbolText(symbol) : `not ${symbolText(symbol)}`];
  });
  if (conditions.length === 0) return addresses;
  if (addresses[0] === ANYWHERE) return [conditions.join(" and ")];
  return [`${addresses.join(", ")} (${conditions.join(" and ")})`];
}

function zoneText(zone: IntervalSet): string {
  const words = [symbolText(VIRTUAL_NETWORK), symbolText(INTERNET), "neither of VirtualNetwork and Internet"];
  return words.filter((_, value) => intervalSetHolds(zone, value)).join(" or ");
}

function portsText(set: IntervalSet | null): string {
  if (set === null) return "*";
  return rangesOf(set)
    .map(([first, last]) => (first === last ? String(first) : `${first}-${last}`))
    .join(", ");
}

/** The Internet first, inbound before outbound; then management and databases, then how many ports are open. */
function dangerOf(box: FlowBox, direction: Direction, names: readonly NamedAddresses[]): number {
  const other = direction === "Inbound" ? fieldLevels.source : fieldLevels.destination;
  const ports = box[fieldLevels.destinationPort] ?? null;
  const holds = (port: number) => ports === null || intervalSetHolds(ports, port);
  const count = sizeOfIntervals(ports ?? [0, 65535]);
  return (
    (reachesInternet(box[other] ?? null, names) ? (direction === "Inbound" ? 4000 : 2000) : 0) +
    (managementPorts.some(holds) ? 800 : 0) +
    (databasePorts.some(holds) ? 400 : 0) +
    Math.round(Math.log2(count) * 10)
  );
}
