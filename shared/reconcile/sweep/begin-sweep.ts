import type { PlatformConfiguration } from "../../domain/platform-configuration.ts";
import { parseResourceId, tryParseResourceId } from "../../domain/resource-id.ts";
import { isStanding } from "../../domain/spoke-record.ts";
import { type SharedIds, type SweepQuery, sweepQueries } from "./sweep-queries.ts";
import type { SweepScope } from "./sweep-store.ts";
import type { SweepTools } from "./sweep-tools.ts";

/** Resource Graph answers for no more subscriptions at once. */
const mostSubscriptions = 1000;

/** One query over as many subscriptions as Resource Graph takes. */
export interface SweepReading {
  readonly name: string;
  readonly query: SweepQuery;
  readonly scope: readonly string[];
}

/** Fixes what a sweep is about; a repeated call answers the same. */
export async function beginSweep(tools: SweepTools, id: string): Promise<SweepScope> {
  const kept = await tools.store.readScope(id);
  if (kept !== null) return kept;
  const bySubscription = new Map<string, string[]>();
  for (const { name, status, subscriptionId } of await tools.spokes.listRecords()) {
    if (!isStanding(status)) continue;
    const key = subscriptionId.toLowerCase();
    bySubscription.set(key, [...(bySubscription.get(key) ?? []), name]);
  }
  return tools.store.keepScope(id, {
    startedAt: tools.now(),
    subscriptions: [...bySubscription]
      .map(([subscriptionId, spokes]) => ({ subscriptionId, spokes: spokes.toSorted() }))
      .toSorted((a, b) => (a.subscriptionId < b.subscriptionId ? -1 : 1)),
    surroundings: surroundingSubscriptions(tools.configuration),
  });
}

/** What a sweep has to read, in order. */
export function readingsOf(scope: SweepScope, configuration: PlatformConfiguration): readonly SweepReading[] {
  const spokes = scope.subscriptions.map(({ subscriptionId }) => subscriptionId);
  if (spokes.length === 0) return [];
  return sweepQueries(sharedIds(configuration)).flatMap((query) => {
    const all = query.scope === "spokes" ? spokes : scope.surroundings;
    return chunksOf(all, mostSubscriptions).map((part, index) => ({
      name: `${query.name}-${index}`,
      query,
      scope: part,
    }));
  });
}

function sharedIds({ hubs, flowLogs, workspace }: PlatformConfiguration): SharedIds {
  const ofHubs = hubs.flatMap(({ virtualNetworkId, firewall }) => [
    virtualNetworkId,
    ...(firewall === null ? [] : [firewall.ipGroupId]),
  ]);
  return { resourceIds: [...ofHubs, ...Object.values(flowLogs.storageAccountIds)], workspaceId: workspace.resourceId };
}

/** Subscriptions of what the configuration names by id. */
function surroundingSubscriptions(configuration: PlatformConfiguration): readonly string[] {
  const { resourceIds, workspaceId } = sharedIds(configuration);
  const roles = sharedRoleScopes(configuration).map(({ id }) => id);
  const ids = [...resourceIds, workspaceId, ...configuration.privateDnsZoneIds, ...roles];
  const found = ids.flatMap((id) => tryParseResourceId(id)?.subscriptionId?.toLowerCase() ?? []);
  return [...new Set(found)].toSorted();
}

function chunksOf<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}

/** Resources of the platform on which identities of spokes hold roles: log storage, vaults, the storage of the queue. */
export function sharedRoleScopes(
  configuration: PlatformConfiguration,
): readonly { id: string; subscriptionId: string }[] {
  const { flowLogs, applicationGateway, networkEvents } = configuration;
  const ids = new Set([
    ...Object.values(flowLogs.storageAccountIds),
    ...(applicationGateway?.certificateVaults ?? []).map(({ resourceId }) => resourceId),
    ...(networkEvents === null ? [] : [networkEvents.storageAccountId]),
  ]);
  return [...ids].map((id) => ({ id, subscriptionId: parseResourceId(id).subscriptionId?.toLowerCase() ?? "" }));
}

/** The rule collection groups of the hubs: Resource Graph has no rows of them. */
export function ruleCollectionGroups({
  hubs,
}: PlatformConfiguration): readonly { id: string; subscriptionId: string }[] {
  return hubs.flatMap(({ firewall }) => {
    if (firewall === null) return [];
    const id = `${firewall.policyId}/ruleCollectionGroups/${firewall.ruleCollectionGroup.name}`;
    return [{ id, subscriptionId: parseResourceId(id).subscriptionId?.toLowerCase() ?? "" }];
  });
}
