import { isIPv4, isIPv6 } from "node:net";
import { containsCidr, overlapCidr, parseCidr } from "cidr-tools";
import { badRequest, notModelled } from "./refusals.ts";

/** An IPv4 range; `first` and `last` are addresses as unsigned numbers. */
export type Ipv4Range = {
  readonly prefix: string;
  readonly first: number;
  readonly last: number;
  readonly length: number;
};

const CIDR = /^([0-9A-Fa-f.:]+)\/(\d{1,3})$/;

/** Reads an IPv4 CIDR such as `10.0.0.0/24`; `undefined` when the text is none. Host bits may be set. */
export function parseIpv4Range(text: string): Ipv4Range | undefined {
  const [, address, bits] = CIDR.exec(text) ?? [];
  if (!address || !bits || !isIPv4(address) || Number(bits) > 32) return undefined;
  const { start, end } = parseCidr(text);
  return { prefix: text, first: Number(start), last: Number(end), length: Number(bits) };
}

/** Whether the text is an IPv4 or IPv6 address or CIDR without host bits, as security rules take it. */
export function isAddressOrCanonicalPrefix(text: string): boolean {
  if (isIPv4(text) || isIPv6(text)) return true;
  const [, address, bits] = CIDR.exec(text) ?? [];
  if (!address || !bits) return false;
  if (isIPv6(address)) return Number(bits) <= 128 && parseCidr(`${address}/128`).start === parseCidr(text).start;
  return isIPv4(address) && Number(bits) <= 32 && addressToNumber(address) === parseIpv4Range(text)?.first;
}

/** An IPv4 address as an unsigned number. */
export function addressToNumber(address: string): number {
  return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** The inverse of {@link addressToNumber}. */
export function numberToAddress(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
}

/** Whether two lists of CIDRs share an address. */
export function prefixesOverlap(a: readonly string[], b: readonly string[]): boolean {
  return overlapCidr([...a], [...b]);
}

/** Whether `outer` contains every address of `inner`. */
export function prefixesContain(outer: readonly string[], inner: string): boolean {
  return containsCidr([...outer], [inner]);
}

/**
 * Checks an address prefix of a virtual network, subnet or route as Azure does.
 * @param resourceId the resource that Azure names in its message
 * @throws ArmError `InvalidAddressPrefixFormat` or `InvalidCIDRNotation` (host bits set)
 */
export function requireCanonicalPrefix(text: unknown, resourceId: string): Ipv4Range {
  if (typeof text === "string" && isIPv6(text.split("/")[0] ?? "")) throw notModelled("IPv6 address prefixes");
  const range = typeof text === "string" ? parseIpv4Range(text) : undefined;
  if (!range) {
    throw badRequest(
      "InvalidAddressPrefixFormat",
      `Address prefix ${String(text)} of resource ${resourceId} is not formatted correctly. It should follow CIDR notation, for example 10.0.0.0/24.`,
    );
  }
  const canonical = `${numberToAddress(range.first)}/${range.length}`;
  if (canonical !== range.prefix) {
    throw badRequest(
      "InvalidCIDRNotation",
      `The address prefix ${range.prefix} in resource ${resourceId} has an invalid CIDR notation. For the given prefix length, the address prefix should be ${canonical}.`,
    );
  }
  return range;
}
