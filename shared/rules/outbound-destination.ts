/** An outbound destination is an IPv4 address or prefix, or else a host name (the parser admits nothing else). */
export function isIpv4Destination(to: string): boolean {
  return /^\d+\.\d+\.\d+\.\d+(\/\d+)?$/.test(to);
}

/** The destination as a prefix: a single address becomes its /32. */
export function outboundPrefix(to: string): string {
  return to.includes("/") ? to : `${to}/32`;
}
