import { addressNumber } from "../../rules/meaning/address-set.ts";
import { FIRST_MILLISECONDS } from "./read-tuple.ts";
import {
  CHECK,
  COUNTERS,
  DESTINATION,
  DESTINATION_PORT,
  OUTBOUND,
  PROTOCOL,
  SOURCE,
  SOURCE_PORT,
  STATE,
  TIME,
  type TupleFields,
} from "./tuple-fields.ts";

export type TupleKind = "ipv4" | "ipv6" | "malformed";

const ipv6 = /^(?=.*:)[0-9A-Fa-f:.]{2,45}$/;

/**
 * Reads a tuple that the quick reader left: counters that are missing or larger than nine digits, or something behind
 * them; IPv6; or what is malformed. The fields say something for IPv4 only.
 */
export function readTupleText(text: string, { words, numbers }: TupleFields): TupleKind {
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
  numbers[TIME] = at < FIRST_MILLISECONDS ? at * 1000 : at;
  numbers.set(counted as number[], COUNTERS);
  words[SOURCE] = from;
  words[DESTINATION] = to;
  words[SOURCE_PORT] = fromPort;
  words[DESTINATION_PORT] = toPort;
  words[PROTOCOL] = number;
  words[OUTBOUND] = direction === "O" ? 1 : 0;
  words[STATE] = (state ?? "").charCodeAt(0);
  // As the quick reader does, because the same tuple may come both ways.
  const digits = time ?? "";
  const begin = Math.imul(Number(digits.slice(0, 6)), 31) + Number(digits.slice(6));
  words[CHECK] = counted.reduce<number>((check, count) => (Math.imul(check, 31) + (count ?? 0)) | 0, begin);
  return "ipv4";
}

function wholeNumber(text: string | undefined, most: number): number | null {
  const value = Number(text);
  return text !== undefined && /^\d{1,16}$/.test(text) && value <= most ? value : null;
}
