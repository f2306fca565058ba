import { publicVmManagement } from "../../domain/vm-management.ts";
import { addressNumber } from "../meaning/address-set.ts";
import { type IntervalSet, intersectionOfIntervals, intervalSetHolds } from "../meaning/interval-set.ts";
import type { MeaningRule } from "../meaning/meaning-rule.ts";
import { namedProtocols } from "../meaning/protocol.ts";
import { isKnownTag, symbolText, VIRTUAL_NETWORK } from "../meaning/service-tags.ts";
import { aboutRule, type Place, type RuleFinding } from "./rule-finding.ts";

type Trap = (rule: MeaningRule, place: Place) => Pick<RuleFinding, "code" | "severity" | "message" | "remedy"> | null;

const symbolsOf = (rule: MeaningRule): readonly string[] => [...rule.source.symbols, ...rule.destination.symbols];
const isAny = (ports: IntervalSet): boolean => ports[0] === 0 && ports[1] === 65535;

/** Trap 6 (Microsoft Learn, "Virtual network service tags", VirtualNetwork: user-defined routes are part of it). */
const virtualNetworkTag: Trap = (rule, { behindFirewall }) =>
  symbolsOf(rule).includes(VIRTUAL_NETWORK)
    ? {
        code: "virtual-network-tag",
        severity: behindFirewall ? "high" : "medium",
        message: "The tag VirtualNetwork covers all addresses where a default route leads to an appliance.",
        remedy: "Name the prefixes or the application security groups that are meant.",
      }
    : null;

/** Trap 13 (an empty ASG beside others was reported to disable a rule: azure-docs issue 77328). */
const severalGroups: Trap = (rule) =>
  [rule.source, rule.destination].some(({ symbols }) => symbols.filter((one) => one.startsWith("asg:")).length > 1)
    ? {
        code: "several-application-security-groups",
        severity: "medium",
        message: "An empty ASG beside others in one rule was reported to disable the rule.",
        remedy: "Write one rule for each ASG.",
      }
    : null;

/** Trap 2: clients choose their source ports. */
const sourcePort: Trap = (rule) =>
  isAny(rule.sourcePorts)
    ? null
    : {
        code: "source-port",
        severity: "medium",
        message: "It asks for a source port, which clients choose freely.",
        remedy: "Use * as source port; filter by destination port.",
      };

/** Trap 11: nothing is known of the tag's addresses. */
const unknownTag: Trap = (rule) => {
  const unknown = symbolsOf(rule).filter((symbol) => symbol.startsWith("tag:") && !isKnownTag(symbol));
  if (unknown.length === 0) return null;
  return {
    code: "unknown-service-tag",
    severity: "information",
    message: `Nothing is known of ${unknown.map(symbolText).join(", ")}: every answer takes it for any addresses.`,
    remedy: "Check the spelling and what the tag holds.",
  };
};

const platformAddresses = ["168.63.129.16", "169.254.169.254"].map((text) => addressNumber(text) ?? 0);

/** Trap 8 (Microsoft Learn, "Network security groups", Azure platform considerations). */
const platformAddress: Trap = (rule) => {
  const { intervals } = rule.destination;
  const only = intervals.length === 2 && intervals[0] === intervals[1] && platformAddresses.includes(intervals[0] ?? 0);
  if (!only || rule.direction === "Inbound") return null;
  return {
    code: "platform-address",
    severity: "information",
    message: "DNS and instance metadata pass NSGs whatever a rule for their addresses says.",
    remedy: "To filter them, name AzurePlatformDNS or AzurePlatformIMDS; else remove the rule.",
  };
};

/** Ports of ICMP, ESP and AH are not documented (see MeaningRule). */
const portsWithoutMeaning: Trap = (rule) => {
  const name = rule.protocol === null ? "Tcp" : namedProtocols[rule.protocol]?.name;
  if (name === "Tcp" || name === "Udp" || (isAny(rule.sourcePorts) && isAny(rule.destinationPorts))) return null;
  return {
    code: "ports-without-meaning",
    severity: "medium",
    message: `${name} has no ports, and what Azure compares in their place is not documented.`,
    remedy: "Use * for both ports.",
  };
};

/** Trap 7 (Microsoft Learn, "Just-in-time machine access": it writes and moves rules of its own). */
const justInTime: Trap = (rule) =>
  /^(SecurityCenter|MicrosoftDefenderForCloud)-JITRule/i.test(rule.name)
    ? {
        code: "just-in-time-rule",
        severity: "information",
        message: "Defender's just-in-time access wrote it, and moves or removes it by itself.",
        remedy: "Leave it, or configure just-in-time access.",
      }
    : null;

const activation = publicVmManagement.activationServers.map((text) => addressNumber(text) ?? 0);

/** Trap 9 (Microsoft Learn, "Windows activation troubleshooting": azkms.core.windows.net has two addresses). */
const halfOfActivation: Trap = (rule) => {
  if (rule.direction === "Inbound" || rule.access === "Deny" || !intervalSetHolds(rule.destinationPorts, 1688))
    return null;
  const held = activation.filter((address) => intervalSetHolds(rule.destination.intervals, address));
  if (held.length !== 1 || intersectionOfIntervals(rule.destinationPorts, [0, 1687]).length > 0) return null;
  return {
    code: "half-of-activation",
    severity: "low",
    message: `Windows activation has two addresses, ${publicVmManagement.activationServers.join(" and ")}; the rule allows one.`,
    remedy: "Allow both on Tcp 1688.",
  };
};

const traps = [
  virtualNetworkTag,
  severalGroups,
  sourcePort,
  unknownTag,
  platformAddress,
  portsWithoutMeaning,
  justInTime,
  halfOfActivation,
];

/** Traps of the platform that single rules walk into. */
export function platformTraps(custom: readonly MeaningRule[], place: Place): RuleFinding[] {
  return custom.flatMap((rule) =>
    traps.flatMap((trap) => {
      const finding = trap(rule, place);
      return finding === null ? [] : [aboutRule(rule, finding)];
    }),
  );
}
