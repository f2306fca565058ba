import type { Finding } from "../../domain/finding.ts";
import type { FlowLogCoverage, OtherFlowLog } from "../../domain/flow-log-coverage.ts";
import { resourceIdKey, resourceName, tryParseResourceId } from "../../domain/resource-id.ts";
import { networksOfGroup } from "./networks-of-group.ts";
import type { SeenFlowLog, SubscriptionSight } from "./observed-networks.ts";

const kinds: Readonly<Record<string, OtherFlowLog["kind"]>> = {
  "microsoft.network/networksecuritygroups": "networkSecurityGroup",
  "microsoft.network/virtualnetworks/subnets": "subnet",
  "microsoft.network/networkinterfaces": "networkInterface",
};

/** A flow log that is not of a whole network, and whether it may go. */
export interface JudgedFlowLog {
  readonly log: OtherFlowLog;
  /** The logs of all its networks stand and write: it records and costs everything a second time. */
  readonly replaceable: boolean;
}

/**
 * Flow logs that are not of whole networks. One of an NSG goes only after the logs of the networks in which the NSG holds
 * were seen writing, never the other way round (trap 24); one of a subnet or an interface is somebody's own and stays.
 * @param coverage of the networks in scope, as this pass found them
 */
export function otherFlowLogs(sight: SubscriptionSight, coverage: readonly FlowLogCoverage[]): JudgedFlowLog[] {
  const writing = writingNetworks(coverage);
  return sight.flowLogs.flatMap((log): JudgedFlowLog[] => {
    const type = tryParseResourceId(log.targetResourceId)?.type.toLowerCase() ?? "";
    if (type === "microsoft.network/virtualnetworks") return [];
    const kind = kinds[type] ?? "other";
    const networks = kind === "networkSecurityGroup" ? networksOf(sight, log) : null;
    const replaceable = areWriting(networks, writing);
    const findings =
      kind === "networkSecurityGroup" ? [formerFinding(log, replaceable, networks?.size ?? null)] : [ownFinding(log)];
    const { id, targetResourceId } = log;
    return [{ log: { id, targetResourceId, kind, action: "kept", findings, error: null }, replaceable }];
  });
}

/** Keys of the networks whose flow logs were seen writing. */
export function writingNetworks(coverage: readonly FlowLogCoverage[]): ReadonlySet<string> {
  return new Set(coverage.filter(isWriting).map(({ virtualNetworkId }) => resourceIdKey(virtualNetworkId)));
}

/** Whether the logs of all networks in which an NSG holds write; never where these are not known, or none. */
export function areWriting(networks: ReadonlySet<string> | null, writing: ReadonlySet<string>): boolean {
  return networks !== null && networks.size > 0 && [...networks].every((network) => writing.has(network));
}

/** Stands as it shall, and a record of late was seen: where nothing runs nothing is proven. */
function isWriting({ state, newestBlob, runningInterfaces }: FlowLogCoverage): boolean {
  return state === "Covered" && newestBlob !== null && runningInterfaces > 0;
}

/** Keys of the networks in which the NSG of a flow log holds; null where that is not known. */
function networksOf({ securityGroups, interfaces }: SubscriptionSight, { targetResourceId }: SeenFlowLog) {
  const group = securityGroups.find(({ id }) => resourceIdKey(id) === resourceIdKey(targetResourceId));
  return group === undefined ? null : networksOfGroup(group, interfaces);
}

function formerFinding({ id, targetResourceId }: SeenFlowLog, replaceable: boolean, networks: number | null): Finding {
  const retirement = "None can be made since 30 June 2025, and Azure retires them on 30 September 2027";
  return {
    code: "NetworkSecurityGroupFlowLog",
    severity: "medium",
    message: `${resourceName(targetResourceId)} has a flow log of its own. ${retirement}; beside the flow log of its network it records everything twice.`,
    resourceId: id,
    remedy: replaceable
      ? "The flow log of its network stands and writes: delete this one; enforcementMode `enforce` does so."
      : networks === 0
        ? "The NSG holds in no network that is looked after: delete its flow log if nobody needs it."
        : "It stays until the flow logs of its networks are seen writing.",
    step: 5,
  };
}

function ownFinding({ id, targetResourceId }: SeenFlowLog): Finding {
  return {
    code: "FlowLogOfPart",
    severity: "information",
    message: `${resourceName(targetResourceId)} has a flow log of its own beside that of its network.`,
    resourceId: id,
    remedy: "Nothing, if it is wanted; it is left alone.",
    step: 5,
  };
}
