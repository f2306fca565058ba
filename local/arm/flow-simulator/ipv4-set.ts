import { addressToNumber, parseIpv4Range } from "../network/address-prefix.ts";

/** A set of IPv4 addresses, made of addresses and prefixes; IPv6 has no part in it. */
export class Ipv4Set {
  readonly #ranges: readonly { readonly first: number; readonly last: number }[];

  constructor(prefixes: readonly string[]) {
    this.#ranges = prefixes
      .map((prefix) => parseIpv4Range(prefix.includes("/") ? prefix : `${prefix}/32`))
      .filter((range) => range !== undefined);
  }

  has(address: string): boolean {
    const value = addressToNumber(address);
    return this.#ranges.some(({ first, last }) => value >= first && value <= last);
  }
}

/** Addresses that are nobody's in the Internet. */
export const privateAddresses = new Ipv4Set([
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
  "169.254.0.0/16",
]);

/** Addresses for documentation (RFC 5737): public in form, and in no service tag of Azure. */
export const documentationAddresses = new Ipv4Set(["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"]);
