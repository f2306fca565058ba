import type { FlowLogCoverage, FlowLogReport } from "../../domain/flow-log-coverage.ts";
import { inParallel } from "../../domain/in-parallel.ts";
import { resourceIdKey } from "../../domain/resource-id.ts";
import { isInScope } from "../../spoke/flow-log-enforcement/is-in-scope.ts";
import { otherFlowLogs, writingNetworks } from "../../spoke/flow-log-enforcement/other-flow-logs.ts";
import { runningInterfaces } from "../../spoke/flow-log-enforcement/running-interfaces.ts";
import { spokeNames } from "../../spoke/spoke-names.ts";
import { enforceNetwork, type NetworkOfPass } from "./enforce-network.ts";
import type { FlowLogPass, FlowLogTools, Room } from "./flow-log-pass.ts";
import { replaceFlowLog } from "./replace-flow-log.ts";

/** Writes of one pass in one subscription; a flow log takes about eight seconds. */
const writesOfPass = 100;
/** Networks looked at side by side: Azure makes flow logs of one watcher one after the other anyway. */
const atOnce = 4;

/**
 * One pass over the flow logs of one subscription: the spokes' networks first, then the others in scope, then flow logs
 * that are not of whole networks. In `audit` nothing is written. May be repeated at any time: it looks before it writes.
 * @throws nothing of Azure's: what it refuses for one network is told there, and the others go on
 */
export async function enforceFlowLogs(tools: FlowLogTools, pass: FlowLogPass): Promise<FlowLogReport> {
  const room: Room = { left: writesOfPass };
  const running = runningInterfaces(pass.sight);
  const cases = networksOfPass(tools, pass, running);
  const networks: FlowLogCoverage[] = [];
  for (const some of [cases.filter(({ record }) => record !== null), cases.filter(({ record }) => record === null)]) {
    networks.push(...(await inParallel(some, atOnce, (one) => enforceNetwork(tools, pass, one, room))));
  }
  const ground = { interfaces: pass.sight.interfaces, writing: writingNetworks(networks), room };
  const others = await inParallel(otherFlowLogs(pass.sight, networks), atOnce, (one) =>
    replaceFlowLog(tools, one, ground),
  );
  return {
    id: pass.sight.subscriptionId,
    checkedAt: tools.now(),
    mode: tools.configuration.enforcementMode,
    readable: pass.sight.readable,
    networks,
    others,
  };
}

function networksOfPass(
  { configuration }: FlowLogTools,
  { sight, spokes }: FlowLogPass,
  running: ReadonlyMap<string, number>,
): NetworkOfPass[] {
  const bySpoke = new Map(
    spokes.map((spoke) => [resourceIdKey(spokeNames(spoke.record.request, configuration, null).virtualNetwork), spoke]),
  );
  return sight.networks.flatMap((network) => {
    const key = resourceIdKey(network.id);
    const spoke = bySpoke.get(key);
    if (spoke === undefined && !isInScope(network, sight.subscriptionId, configuration.enforcement.scope)) return [];
    const { record = null, amendments = [] } = spoke ?? {};
    return [{ network, record, amendments, runningInterfaces: running.get(key) ?? 0 }];
  });
}
