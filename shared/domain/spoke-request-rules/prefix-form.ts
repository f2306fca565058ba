import { canonicalIpv4Prefix, isCanonicalIpv4Prefix, isIpv4Prefix } from "../address-prefix.ts";
import type { Violation } from "../violation.ts";

/** What is wrong with the form of a prefix, or null where it is a canonical IPv4 prefix. */
export function prefixFormViolation(pointer: string, text: string): Violation | null {
  if (!isIpv4Prefix(text)) {
    const message = "Must be an IPv4 prefix like 10.20.0.0/22, without leading zeros; of one address its /32.";
    return { pointer, code: "not-an-ipv4-prefix", message };
  }
  if (isCanonicalIpv4Prefix(text)) return null;
  const message = `Has bits behind the prefix length: write ${canonicalIpv4Prefix(text)}.`;
  return { pointer, code: "prefix-not-canonical", message };
}
