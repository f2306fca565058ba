import type { TrafficProfile } from "./flow-order.ts";
import { FlowRefusal } from "./flow-refusal.ts";
import type { NetworkMap } from "./network-map.ts";
import { type Address, internetPlace, type Place, resolvePlace } from "./resolve-place.ts";
import type { SeededRandom } from "./seeded-random.ts";

/** A connection that somebody tries to make. */
export interface Conversation {
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly seconds: number;
  readonly source: Address;
  readonly destination: Address;
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly protocol: "Tcp" | "Udp";
  /** Both ways, were it to succeed. */
  readonly bytes: number;
}

/** One kind of traffic, with its places found. */
interface Stream {
  readonly from: Place;
  readonly to: Place;
  readonly ports: readonly number[];
  readonly protocol: "Tcp" | "Udp";
  readonly perHour: number;
  readonly bytes: number;
}

const hour = 3_600_000;
const scannedPorts = [21, 22, 23, 80, 135, 443, 445, 1433, 3306, 3389, 5432, 5985, 6379, 8080, 9200];
const longestSeconds = 720;
const most = 2_000_000;

/**
 * Finds the places of a profile.
 * @throws FlowRefusal 400 for a place that is not there, or more than two million connections
 */
export function streamsOf(map: NetworkMap, profile: TrafficProfile, hours: number): readonly Stream[] {
  const place = (text: string) => resolvePlace(map, text);
  const streams: Stream[] = profile.flows.map(({ from, to, port, protocol, perHour, bytes }) => ({
    from: place(from),
    to: place(to),
    ports: [port],
    protocol,
    perHour,
    bytes,
  }));
  if (profile.scans > 0) {
    if (map.ends.length === 0) throw new FlowRefusal(400, "The network has no interface that could be scanned.");
    const to: Place = (random) => {
      const end = random.pick(map.ends);
      return { address: end.address, end };
    };
    const perHour = profile.scans * scannedPorts.length;
    streams.push({ from: internetPlace, to, ports: scannedPorts, protocol: "Tcp", perHour, bytes: 120 });
  }
  if (profile.intruder !== undefined) {
    const { from, to, ports, perHour } = profile.intruder;
    streams.push({ from: place(from), to: place(to), ports, protocol: "Tcp", perHour, bytes: 200 });
  }
  const total = streams.reduce((sum, { perHour }) => sum + perHour * hours, 0);
  if (total > most)
    throw new FlowRefusal(400, `The order makes ${Math.round(total)} connections; ${most} are the limit.`);
  return streams;
}

/** The connections of one hour, by their start. */
export function* conversationsIn(
  hourStart: number,
  streams: readonly Stream[],
  random: SeededRandom,
): Generator<Conversation> {
  for (const { from, to, ports, protocol, perHour, bytes } of streams) {
    for (let left = random.times(perHour); left > 0; left -= 1) {
      yield {
        startedAt: hourStart + random.between(0, hour - 1),
        seconds: 1 + Math.floor(random.next() ** 4 * longestSeconds),
        source: from(random),
        destination: to(random),
        sourcePort: random.between(49_152, 65_535),
        destinationPort: random.pick(ports),
        protocol,
        bytes: Math.round(bytes * (0.5 + random.next())),
      };
    }
  }
}
