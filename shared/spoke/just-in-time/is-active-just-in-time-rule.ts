import { canonicalIpv4Prefix, isIpv4Address, isIpv4Prefix, prefixContains } from "../../domain/address-prefix.ts";
import type { JustInTimeRequest, MachineAddresses } from "../../domain/just-in-time-access.ts";
import type { SecurityRuleBody } from "../../domain/resource.ts";
import { resourceIdKey } from "../../domain/resource-id.ts";
import { justInTimeRule } from "./just-in-time-rule.ts";

/**
 * Whether a rule that lets somebody in is Defender's for a just-in-time request that holds now, and is to be left alone.
 * A name alone can be forged: every machine, port and source of the rule must be covered by requests that have begun
 * and not ended (trap 7).
 * @param rule as it stands in the NSG
 * @param jitRequests `activeRequests` of the subscription, as the port `justInTime` tells them
 * @param members machines of the spoke by their private addresses: `machineAddresses(networkInterfaces)`
 * @param now ISO 8601
 */
export function isActiveJustInTimeRule(
  rule: SecurityRuleBody,
  jitRequests: readonly JustInTimeRequest[],
  members: readonly MachineAddresses[],
  now: string,
): boolean {
  if (rule.access !== "Allow") return false;
  const meant = justInTimeRule(rule, members);
  if (meant === null) return false;
  const active = jitRequests.filter((request) => isActive(request, now));
  return [...meant.machines].every((machine) =>
    meant.ports.every((port) => {
      const granted = active
        .filter((request) => resourceIdKey(request.virtualMachineId) === machine && request.port === port)
        .flatMap(({ sources }) => sources);
      return meant.sources.every((source) => isGranted(source, granted));
    }),
  );
}

/** A moment that cannot be read counts for no request. */
function isActive({ startsAt, endsAt }: JustInTimeRequest, now: string): boolean {
  const moment = Date.parse(now);
  return Date.parse(startsAt) <= moment && moment < Date.parse(endsAt);
}

/** Any source is granted only where any was asked for; a service tag or an address of IPv6 to the letter. */
function isGranted(source: string, granted: readonly string[]): boolean {
  const wanted = prefixOf(source);
  return granted.some((one) => {
    const given = prefixOf(one);
    if (wanted === null || given === null) return one.toLowerCase() === source.toLowerCase();
    return prefixContains(given, wanted);
  });
}

function prefixOf(text: string): string | null {
  if (text === "*") return "0.0.0.0/0";
  return isIpv4Address(text) || isIpv4Prefix(text) ? canonicalIpv4Prefix(text) : null;
}
