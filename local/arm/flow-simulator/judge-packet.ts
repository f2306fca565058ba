import type { CompiledGroup, CompiledRule, CompiledSide } from "./compile-group.ts";
import { FlowRefusal } from "./flow-refusal.ts";
import { documentationAddresses, privateAddresses } from "./ipv4-set.ts";
import { hostAddress, type NetworkEnd, type NetworkMap } from "./network-map.ts";

/** The first packet of a connection. */
export interface Packet {
  readonly source: string;
  readonly destination: string;
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly protocol: "Tcp" | "Udp";
}

/** What became of a packet at an interface, and which rule of which group said so. */
export interface Verdict {
  readonly allowed: boolean;
  readonly aclId: string;
  readonly rule: string;
}

/** Where no group stands, flow logs have nobody to name. */
const unguarded: Verdict = { allowed: true, aclId: "00000000-0000-0000-0000-000000000000", rule: "unspecified" };

/**
 * Decides as Azure does: inbound the subnet's group first and then the interface's, outbound the other way round, the
 * first matching rule of each; both must allow. The verdict names who denied, or who allowed last.
 * Source: "How network security groups filter network traffic".
 * @throws FlowRefusal 501 where a rule names a service tag whose addresses are not known and the packet's might be among them
 */
export function judgePacket(
  map: NetworkMap,
  at: NetworkEnd,
  direction: "Inbound" | "Outbound",
  packet: Packet,
): Verdict {
  const guards = direction === "Inbound" ? [at.subnetGuard, at.ownGuard] : [at.ownGuard, at.subnetGuard];
  let verdict = unguarded;
  for (const guard of guards) {
    if (guard === undefined) continue;
    verdict = judgedBy(map, at, guard, direction, packet);
    if (!verdict.allowed) return verdict;
  }
  return verdict;
}

function judgedBy(
  map: NetworkMap,
  at: NetworkEnd,
  guard: CompiledGroup,
  direction: "Inbound" | "Outbound",
  packet: Packet,
): Verdict {
  const rule = guard.rules.find((each) => each.direction === direction && matches(map, at, each, packet));
  if (rule === undefined) throw new Error(`No rule of ${guard.id} matches, not even a default one.`);
  return { allowed: rule.allows, aclId: guard.aclId, rule: rule.name };
}

function matches(map: NetworkMap, at: NetworkEnd, rule: CompiledRule, packet: Packet): boolean {
  return (
    (rule.protocol === "*" || rule.protocol === packet.protocol) &&
    within(rule.destinationPorts, packet.destinationPort) &&
    within(rule.sourcePorts, packet.sourcePort) &&
    covers(map, at, rule, rule.source, packet.source) &&
    covers(map, at, rule, rule.destination, packet.destination)
  );
}

function within(ports: CompiledRule["sourcePorts"], port: number): boolean {
  return ports.some(({ first, last }) => port >= first && port <= last);
}

function covers(map: NetworkMap, at: NetworkEnd, rule: CompiledRule, side: CompiledSide, address: string): boolean {
  switch (side.kind) {
    case "any":
      return true;
    case "addresses":
      return side.addresses.has(address);
    case "groups": {
      const end = map.byAddress.get(address);
      return end !== undefined && side.groups.some((group) => end.groups.has(group));
    }
    case "tag":
      return tagCovers(map, at, rule, side.tag, address);
  }
}

function tagCovers(map: NetworkMap, at: NetworkEnd, rule: CompiledRule, tag: string, address: string): boolean {
  switch (tag.toLowerCase()) {
    case "virtualnetwork":
      return at.virtualNetwork.has(address);
    case "internet":
      return !privateAddresses.has(address) && !map.connected.has(address) && address !== hostAddress;
    case "azureloadbalancer":
    case "azureplatformdns":
      return address === hostAddress;
    case "azureplatformimds":
      return address === "169.254.169.254";
    default:
      // No other tag has private addresses, or such for documentation.
      if (privateAddresses.has(address) || documentationAddresses.has(address) || address === hostAddress) return false;
      throw new FlowRefusal(
        501,
        `Whether ${address} is in the service tag ${tag} of the rule ${rule.name} is not known.`,
      );
  }
}
