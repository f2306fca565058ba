import { isPrivatePrefix, prefixLength } from "../address-prefix.ts";
import type { PlatformConfiguration } from "../platform-configuration.ts";
import type { Violation } from "../violation.ts";
import { prefixFormViolation } from "./prefix-form.ts";
import type { RequestParts } from "./request-parts.ts";

/** Lengths that a spoke may have: the three lower quarters hold twelve tiers, each a sixteenth of at least a /28. */
const widestPrefix = 16;
const narrowestPrefix = 24;

const pointer = "/addressPrefix";

/** Canonical, private, /16 to /24; or absent where the platform has a pool in the location. */
export function* addressPrefixRules(parts: RequestParts, configuration: PlatformConfiguration): Generator<Violation> {
  const { addressPrefix: prefix, location } = parts.spoke;
  if (prefix === undefined) return;
  if (prefix === null) {
    if (location === undefined || !configuration.locations.includes(location)) return;
    if (Object.hasOwn(configuration.addressPools, location)) return;
    yield violation("no-address-pool", `The platform has no address pool in ${location}: name a prefix.`);
    return;
  }
  const form = prefixFormViolation(pointer, prefix);
  if (form !== null) {
    yield form;
    return;
  }
  if (!isPrivatePrefix(prefix)) {
    yield violation("prefix-not-private", "Must lie in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16 (RFC 1918).");
  }
  const length = prefixLength(prefix);
  if (length < widestPrefix || length > narrowestPrefix) {
    yield violation("prefix-length", `Must be /${widestPrefix} to /${narrowestPrefix}, not /${length}.`);
  }
}

function violation(code: string, message: string): Violation {
  return { pointer, code, message };
}
