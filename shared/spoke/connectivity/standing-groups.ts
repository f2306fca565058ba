import { RefusedError } from "../../domain/errors.ts";
import type { Finding } from "../../domain/finding.ts";
import { resourceIdKey } from "../../domain/resource-id.ts";
import { anyAddress } from "../../rules/meaning/address-set.ts";
import { directions, type MeaningRule, type SecurityGroupMeaning } from "../../rules/meaning/meaning-rule.ts";
import { parseSecurityGroup } from "../../rules/meaning/parse-security-group.ts";
import { anyPort } from "../../rules/meaning/port-set.ts";
import { type StandingNetwork, standingSubnet } from "./standing-network.ts";

/** What the NSGs mean that subnets carry, by tier name and `gateway`. */
export interface StandingGroups {
  readonly known: ReadonlyMap<string, SecurityGroupMeaning>;
  /** Why the others are not known. */
  readonly findings: readonly Finding[];
}

/**
 * Reads the NSG of each subnet. Where a subnet carries none everything passes, and where there is no subnet nothing
 * does: the name of the rule says so. An NSG with a rule that cannot be read is not known at all.
 */
export function standingGroups(network: StandingNetwork, subnets: readonly string[]): StandingGroups {
  const known = new Map<string, SecurityGroupMeaning>();
  const findings: Finding[] = [];
  for (const subnet of subnets) {
    try {
      known.set(subnet, groupOf(network, subnet));
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      const id = standingSubnet(network, subnet)?.networkSecurityGroupId ?? null;
      findings.push({ ...error.failure, severity: "critical", resourceId: id, step: 5 });
    }
  }
  return { known, findings };
}

function groupOf(network: StandingNetwork, subnet: string): SecurityGroupMeaning {
  const standing = standingSubnet(network, subnet);
  if (standing === undefined) return everything("Deny", "(there is no subnet)");
  const id = standing.networkSecurityGroupId;
  if (id === null) return everything("Allow", "(the subnet carries no NSG)");
  const native = network.networkSecurityGroups.get(resourceIdKey(id)) ?? null;
  if (native === null) throw notShown(id);
  return parseSecurityGroup(native, id);
}

function everything(access: "Allow" | "Deny", name: string): SecurityGroupMeaning {
  const [Inbound, Outbound] = directions.map((direction): MeaningRule[] => [
    {
      name,
      priority: 0,
      direction,
      access,
      protocol: null,
      source: anyAddress,
      sourcePorts: anyPort,
      destination: anyAddress,
      destinationPorts: anyPort,
    },
  ]) as [MeaningRule[], MeaningRule[]];
  return { name, Inbound, Outbound };
}

function notShown(resourceId: string): RefusedError {
  return new RefusedError({
    code: "NetworkSecurityGroupNotShown",
    message: "The subnet carries an NSG that Azure does not show.",
    resourceId,
    remedy: "Ask again; if it lasts, look at the subnet in the Azure portal.",
  });
}
