import { containsCidr, mergeCidr, normalizeCidr, overlapCidr, parseCidr } from "cidr-tools";

/** Says that a text is neither a canonical IPv4 prefix nor an IPv4 address, where one was needed. */
export class MalformedAddressPrefixError extends Error {
  override readonly name = "MalformedAddressPrefixError";
}

// No leading zeros: parts of the world read "010" as octal 8 (RFC 6943 section 3.1.1).
const octet = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const addressPattern = new RegExp(`^${octet}(?:\\.${octet}){3}$`);
const prefixPattern = new RegExp(`^${octet}(?:\\.${octet}){3}/(?:3[0-2]|[12]?\\d)$`);

/** Private address space, RFC 1918 section 3. */
const privatePrefixes = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/** Whether the text is one IPv4 address in dotted decimal, without leading zeros or white space. */
export function isIpv4Address(text: string): boolean {
  return addressPattern.test(text);
}

/** Whether the text has the form of an IPv4 prefix (`a.b.c.d/n`); host bits may be set. */
export function isIpv4Prefix(text: string): boolean {
  return prefixPattern.test(text);
}

/** Whether the text is an IPv4 prefix without host bits, the only form that Azure accepts (`InvalidCIDRNotation`). */
export function isCanonicalIpv4Prefix(text: string): boolean {
  return isIpv4Prefix(text) && normalizeCidr(text) === text;
}

/** The prefix with its host bits cleared; an address stands for its /32. Throws MalformedAddressPrefixError. */
export function canonicalIpv4Prefix(addressOrPrefix: string): string {
  if (isIpv4Address(addressOrPrefix)) return `${addressOrPrefix}/32`;
  if (isIpv4Prefix(addressOrPrefix)) return normalizeCidr(addressOrPrefix);
  throw malformed(addressOrPrefix);
}

/** First and last address as numbers (0 to 2³² − 1) and the length. Throws MalformedAddressPrefixError. */
export function ipv4Range(addressOrPrefix: string): { first: number; last: number; length: number } {
  if (!isIpv4Address(addressOrPrefix) && !isCanonicalIpv4Prefix(addressOrPrefix)) throw malformed(addressOrPrefix);
  const { start, end, prefix } = parseCidr(addressOrPrefix);
  return { first: Number(start), last: Number(end), length: Number(prefix) };
}

/** Length of a canonical prefix: 22 for `10.20.0.0/22`, 32 for an address. Throws MalformedAddressPrefixError. */
export function prefixLength(prefix: string): number {
  return ipv4Range(prefix).length;
}

/** Whether two prefixes or addresses share an address. Throws MalformedAddressPrefixError. */
export function prefixesOverlap(a: string, b: string): boolean {
  return overlapCidr(checked(a), checked(b));
}

/** Whether `inner` lies wholly in `outer`. Throws MalformedAddressPrefixError. */
export function prefixContains(outer: string, inner: string): boolean {
  return containsCidr(checked(outer), checked(inner));
}

/** Whether one of the prefixes holds the whole of `inner`. Throws MalformedAddressPrefixError. */
export function anyPrefixContains(outers: readonly string[], inner: string): boolean {
  return outers.some((outer) => prefixContains(outer, inner));
}

/** Whether the prefix or address is private by RFC 1918 section 3. Throws MalformedAddressPrefixError. */
export function isPrivatePrefix(prefix: string): boolean {
  return anyPrefixContains(privatePrefixes, prefix);
}

/**
 * Splits a prefix into `parts` prefixes of equal size, lowest first. `parts` is a power of two that the prefix has
 * addresses for, else RangeError. Throws MalformedAddressPrefixError.
 */
export function splitPrefix(prefix: string, parts: number): string[] {
  const { first, length } = ipv4Range(prefix);
  const partLength = length + Math.log2(parts);
  if (!Number.isInteger(partLength) || partLength < length || partLength > 32) {
    throw new RangeError(`${prefix} cannot be split into ${parts} equal prefixes`);
  }
  const size = 2 ** (32 - partLength);
  return Array.from({ length: parts }, (_, index) => `${ipv4Address(first + index * size)}/${partLength}`);
}

/**
 * The n-th address of a prefix, 0 being the network address. Azure keeps the first four and the last address of a
 * subnet for itself (virtual-networks-faq, "restrictions on using IP addresses"), so 4 is the first usable one.
 * Throws RangeError beyond the prefix.
 */
export function nthAddress(prefix: string, n: number): string {
  const { first, last } = ipv4Range(prefix);
  if (!Number.isInteger(n) || n < 0 || first + n > last) throw new RangeError(`${prefix} has no address number ${n}`);
  return ipv4Address(first + n);
}

/** The same addresses in as few prefixes as it takes, lowest first. Throws MalformedAddressPrefixError. */
export function mergedPrefixes(prefixes: readonly string[]): string[] {
  return mergeCidr(prefixes.map(checked)).sort(comparePrefixes);
}

/** Order for sorting: by first address, the wider prefix first where both start there. */
export function comparePrefixes(a: string, b: string): number {
  const left = ipv4Range(a);
  const right = ipv4Range(b);
  return left.first - right.first || left.length - right.length;
}

/** Dotted decimal form of an address given as number (0 to 2³² − 1). */
export function ipv4Address(value: number): string {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join(".");
}

function checked(addressOrPrefix: string): string {
  if (!isIpv4Address(addressOrPrefix) && !isCanonicalIpv4Prefix(addressOrPrefix)) throw malformed(addressOrPrefix);
  return addressOrPrefix;
}

function malformed(text: string): MalformedAddressPrefixError {
  return new MalformedAddressPrefixError(
    `not a canonical IPv4 prefix or address: ${JSON.stringify(text.slice(0, 64))}`,
  );
}
