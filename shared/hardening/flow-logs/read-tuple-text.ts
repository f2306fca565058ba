import { addressNumber } from "../../rules/meaning/address-set.ts";
import type { TupleBatch } from "./tuple-batch.ts";

/** Times below are in seconds, which the documentation's own example has, and from here on in milliseconds. */
const FIRST_MILLISECONDS = 1e11;

export type TupleKind = "ipv4" | "ipv6" | "malformed";

const ipv6 = /^(?=.*:)[0-9A-Fa-f:.]{2,45}$/;

/**
 * Reads a tuple that the quick reader left: counters that are missing or larger than nine digits, or something behind
 * them; IPv6; or what is malformed. Of IPv4 it stands in the batch then.
 */
export function readTupleText(text: string, batch: TupleBatch): TupleKind {
  const [time, source, destination, sourcePort, destinationPort, protocol, direction, state, , ...counters] =
    text.split(",");
  const parts = [
    wholeNumber(time, 1e15),
    wholeNumber(sourcePort, 65_535),
    wholeNumber(destinationPort, 65_535),
    wholeNumber(protocol, 255),
  ];
  const counted = [0, 1, 2, 3].map((index) => (counters[index] ? wholeNumber(counters[index], 1e15) : 0));
  const sound =
    parts.every((part) => part !== null) &&
    counted.every((count) => count !== null) &&
    /^[IO]$/.test(direction ?? "") &&
    /^[BCED]$/.test(state ?? "");
  if (!sound) return "malformed";
  const [from, to] = [addressNumber(source ?? ""), addressNumber(destination ?? "")];
  if (from === null || to === null) {
    const known = [source, destination].every((one) => one && (addressNumber(one) !== null || ipv6.test(one)));
    return known ? "ipv6" : "malformed";
  }
  const [at = 0, fromPort = 0, toPort = 0, number = 0] = parts as number[];
  const { count: index } = batch;
  const milliseconds = at < FIRST_MILLISECONDS ? at * 1000 : at;
  batch.again[index] = 0;
  batch.times[index] = milliseconds;
  batch.sources[index] = from;
  batch.destinations[index] = to;
  batch.ports[index] = (fromPort << 16) | toPort;
  batch.traits[index] = (number << 1) | (direction === "O" ? 1 : 0);
  batch.states[index] = (state ?? "").charCodeAt(0);
  batch.counters.set(counted as number[], 4 * index);
  // As the quick reader does, because the same tuple may come both ways.
  batch.checks[index] = counted.reduce<number>(
    (check, count) => (Math.imul(check, 31) + (count ?? 0)) | 0,
    milliseconds | 0,
  );
  batch.count += 1;
  return "ipv4";
}

function wholeNumber(text: string | undefined, most: number): number | null {
  const value = Number(text);
  return text !== undefined && /^\d{1,16}$/.test(text) && value <= most ? value : null;
}
