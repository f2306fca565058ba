import type { OtherFlowLog } from "../../domain/flow-log-coverage.ts";
import { sameResourceId } from "../../domain/resource-id.ts";
import { networksOfGroup } from "../../spoke/flow-log-enforcement/networks-of-group.ts";
import type { SeenInterface } from "../../spoke/flow-log-enforcement/observed-networks.ts";
import { areWriting, type JudgedFlowLog } from "../../spoke/flow-log-enforcement/other-flow-logs.ts";
import { fieldsOf, listOf, textOf } from "../row-values.ts";
import { failureOf } from "./enforce-network.ts";
import type { FlowLogTools, Room } from "./flow-log-pass.ts";

/** What a deletion rests on, beside what Azure says in that moment. */
export interface ReplaceGround {
  readonly interfaces: readonly SeenInterface[];
  /** Keys of the networks whose flow logs this very pass saw writing. */
  readonly writing: ReadonlySet<string>;
  readonly room: Room;
}

/**
 * Deletes the flow log of an NSG whose networks' logs were seen writing in this very pass. Resource Graph is behind, so the
 * log and the NSG are looked at in Azure right before: one that has another target by now stays, and so does that of an NSG
 * which holds elsewhere too.
 */
export async function replaceFlowLog(
  tools: FlowLogTools,
  { log, replaceable }: JudgedFlowLog,
  { interfaces, writing, room }: ReplaceGround,
): Promise<OtherFlowLog> {
  if (!replaceable) return log;
  if (tools.configuration.enforcementMode === "audit") return { ...log, action: "reported" };
  if (room.left <= 0) return { ...log, action: "waits" };
  room.left--;
  try {
    const targetResourceId = await targetOf(tools, log.id);
    if (targetResourceId !== null) {
      if (!sameResourceId(targetResourceId, log.targetResourceId)) return log;
      const holders = await holdersOf(tools, targetResourceId);
      if (holders === null || !areWriting(networksOfGroup(holders, interfaces), writing)) return log;
      await tools.resources["Microsoft.Network/networkWatchers/flowLogs"].remove(log.id);
    }
    return { ...log, action: "replaced" };
  } catch (error) {
    return { ...log, action: "waits", error: failureOf(error, log.id) };
  }
}

/** What the flow log is of, as Azure says now; null where it is gone. */
async function targetOf({ resources }: FlowLogTools, id: string): Promise<string | null> {
  const type = "Microsoft.Network/networkWatchers/flowLogs";
  const trafficAnalytics = {
    enabled: false,
    workspaceId: "",
    workspaceResourceId: "",
    workspaceRegion: "",
    intervalMinutes: 60,
  };
  const body = {
    location: "",
    tags: {},
    targetResourceId: "",
    storageId: "",
    enabled: false,
    retentionDays: 0,
    userAssignedIdentityId: null,
    trafficAnalytics,
  };
  const looked = { id, type, ownership: "shared", steps: [5], dependsOn: [], body } as const;
  return (await resources[type].observe(looked))?.body.targetResourceId ?? null;
}

/** Where the NSG holds, as Azure says now; null where it is gone. */
async function holdersOf({ resources }: FlowLogTools, id: string) {
  const type = "Microsoft.Network/networkSecurityGroups";
  const body = { location: "", tags: {}, securityRules: [] };
  const looked = { id, type, ownership: "shared", steps: [5], dependsOn: [], body } as const;
  const standing = await resources[type].observe(looked);
  if (standing === null) return null;
  const native = fieldsOf(standing.native);
  return { subnetIds: idsOf(native.subnets), networkInterfaceIds: idsOf(native.networkInterfaces) };
}

const idsOf = (value: unknown): string[] => listOf(value).map((one) => textOf(fieldsOf(one).id));
