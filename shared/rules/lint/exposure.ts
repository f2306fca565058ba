import { LAST_ADDRESS } from "../meaning/address-set.ts";
import { complementOfIntervals, type IntervalSet, intersectionOfIntervals } from "../meaning/interval-set.ts";
import type { MeaningRule } from "../meaning/meaning-rule.ts";
import { privateAddresses } from "../meaning/reading.ts";
import { INTERNET } from "../meaning/service-tags.ts";
import { decides } from "./effective.ts";
import { aboutRule, type Place, type RuleFinding } from "./rule-finding.ts";

const publicAddresses = complementOfIntervals(privateAddresses, LAST_ADDRESS);
const allButTheHost: IntervalSet = complementOfIntervals([0xa83f8110, 0xa83f8110], LAST_ADDRESS);

/** SSH, RDP and WinRM. */
const managementPorts: IntervalSet = [22, 22, 3389, 3389, 5985, 5986];
/** What an Application Gateway publishes. */
const publishedPorts: IntervalSet = [80, 80, 443, 443];

/**
 * Inbound rules that let the Internet in: to management ports of any subnet, and to anything but the published ports of a
 * gateway. Only packets on which the rule decides count, so that a deny before it clears it.
 */
export function exposure(custom: readonly MeaningRule[], rules: readonly MeaningRule[], place: Place): RuleFinding[] {
  return custom.flatMap((rule) => {
    const open = fromInternet(rule);
    if (open === null) return [];
    const onPorts = (ports: IntervalSet) => {
      const destinationPorts = intersectionOfIntervals(open.destinationPorts, ports);
      return destinationPorts.length > 0 && decides(rule, { ...open, destinationPorts }, rules);
    };
    if ((rule.protocol === null || rule.protocol === 0) && onPorts(managementPorts)) {
      return [
        aboutRule(rule, {
          code: "management-port-open",
          severity: "critical",
          message: "The Internet reaches a management port (22, 3389, 5985 or 5986).",
          remedy: "Reach machines by Azure Bastion; allow its prefix only.",
        }),
      ];
    }
    const unpublished = place.gateway ? complementOfIntervals(publishedPorts, 65535) : [0, 65535];
    if (!onPorts(unpublished)) return [];
    return [
      aboutRule(rule, {
        code: "open-to-internet",
        severity: "high",
        message: place.gateway
          ? "The Internet reaches ports of the gateway's subnet beyond 80 and 443."
          : "The Internet reaches machines past the gateway.",
        remedy: "Allow the sources that need it, and publish applications by the Application Gateway.",
      }),
    ];
  });
}

/** The part of an inbound allow that meets sources of the Internet; null where there is none. */
function fromInternet(rule: MeaningRule): MeaningRule | null {
  if (rule.direction !== "Inbound" || rule.access !== "Allow") return null;
  const intervals = intersectionOfIntervals(
    intersectionOfIntervals(rule.source.intervals, publicAddresses),
    allButTheHost,
  );
  const symbols = rule.source.symbols.filter((symbol) => symbol === INTERNET);
  return intervals.length + symbols.length === 0 ? null : { ...rule, source: { intervals, symbols } };
}
