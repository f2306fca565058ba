import type { Engine } from "../engine/engine.ts";
import { networkTypes } from "../network/back-references.ts";
import { storageAccountType } from "../platform/storage/storage-account-name.ts";
import { blobContainerId } from "../platform/storage/storage-parts.ts";
import type { Resource } from "../resource.ts";
import { sameId } from "../resource-id.ts";
import type { BackingStorage } from "../storage-data/backing-storage.ts";
import type { FlowOrder } from "./flow-order.ts";
import { FlowRefusal } from "./flow-refusal.ts";
import type { SilentFlowLogs } from "./silent-flow-logs.ts";

export const flowLogContainer = "insights-logs-flowlogflowevent";

/** A flow log that can write, and what it writes about and to. */
export interface WritableFlowLog {
  readonly flowLog: Resource;
  /** The virtual network that its target is or lies in. */
  readonly network: Resource;
  readonly storage: BackingStorage;
  readonly accountName: string;
  /** States that it records. */
  readonly states: ReadonlySet<string>;
}

/**
 * Finds the flow log of an order.
 * @throws FlowRefusal 409 with the reason for which Azure would write nothing, 501 for what is not modelled
 */
export function writableFlowLog(engine: Engine, silent: SilentFlowLogs, order: FlowOrder): WritableFlowLog {
  const flowLog = find(engine, order);
  const { enabled, storageId, enabledFilteringCriteria, recordTypes } = flowLog.body.properties;
  if (flowLog.provisioningState !== "Succeeded") {
    throw new FlowRefusal(409, `The flow log ${flowLog.id} is ${flowLog.provisioningState}.`);
  }
  if (enabled !== true) throw new FlowRefusal(409, `The flow log ${flowLog.id} is not enabled.`);
  if (silent.has(flowLog.id)) throw new FlowRefusal(409, `The flow log ${flowLog.id} is enabled and silent, by order.`);
  if (enabledFilteringCriteria !== "") throw new FlowRefusal(501, "Filtering criteria of flow logs are not modelled.");
  const account = engine.resources.get(String(storageId));
  if (account === undefined) throw new FlowRefusal(409, `The storage account ${storageId} does not stand.`);
  demandRight(engine, flowLog, account);
  if (engine.storage?.has(account.name) !== true) {
    throw new FlowRefusal(409, `Local Azure has no storage behind the account '${account.name}'.`);
  }
  const states = typeof recordTypes === "string" && recordTypes !== "" ? recordTypes : "B,C,E,D";
  return {
    flowLog,
    network: networkOf(engine, flowLog),
    storage: engine.storage,
    accountName: account.name,
    states: new Set(states.split(",").map((state) => state.trim())),
  };
}

function find(engine: Engine, { flowLogId, virtualNetworkId }: FlowOrder): Resource {
  if (flowLogId !== undefined) {
    const flowLog = engine.resources.get(flowLogId);
    if (flowLog?.type !== networkTypes.flowLog) throw new FlowRefusal(409, `There is no flow log ${flowLogId}.`);
    return flowLog;
  }
  const found = engine.resources
    .list(networkTypes.flowLog)
    .find(({ body }) => sameId(String(body.properties.targetResourceId), virtualNetworkId ?? ""));
  if (found === undefined)
    throw new FlowRefusal(409, `No flow log has the virtual network ${virtualNetworkId} as target.`);
  return found;
}

function networkOf(engine: Engine, flowLog: Resource): Resource {
  const target = engine.resources.get(String(flowLog.body.properties.targetResourceId));
  if (target?.type !== networkTypes.virtualNetwork) {
    throw new FlowRefusal(501, "Traffic is simulated for flow logs of virtual networks only.");
  }
  return target;
}

/** With an identity it needs the right at this moment; without one Azure signs with the account's key. */
function demandRight(engine: Engine, flowLog: Resource, account: Resource): void {
  const identities = Object.values((flowLog.body.identity?.userAssignedIdentities ?? {}) as Record<string, unknown>);
  const principals = identities.map((identity) => String((identity as { principalId?: unknown }).principalId));
  if (principals.length === 0) {
    if (account.body.properties.allowSharedKeyAccess !== false) return;
    throw new FlowRefusal(409, `${account.name} takes no shared keys, and the flow log ${flowLog.id} has no identity.`);
  }
  const scope = blobContainerId(account.id, flowLogContainer);
  const action = `${storageAccountType}/blobServices/containers/blobs/write`;
  if (principals.some((principal) => engine.world.isAllowed(principal, scope, action, "dataAction"))) return;
  throw new FlowRefusal(409, `The identity of the flow log ${flowLog.id} may not write blobs of ${account.name}.`);
}
