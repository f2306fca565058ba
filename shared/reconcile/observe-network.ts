import type { AzurePorts, ResourcePorts } from "../azure/ports.ts";
import { RefusedError } from "../domain/errors.ts";
import type { RouteBody } from "../domain/resource.ts";
import { resourceIdKey } from "../domain/resource-id.ts";
import type { SpokeRequest } from "../domain/spoke-request.ts";
import type { StandingNetwork } from "../spoke/connectivity/standing-network.ts";
import type { SpokeNames } from "../spoke/spoke-names.ts";

/**
 * What stands of a spoke's network: its subnets, the NSGs and route tables that they carry (whosever they are), and the
 * network interfaces in it.
 * @throws RefusedError or TransientError where Azure could not be asked.
 */
export async function observeNetwork(
  { resources, facts }: AzurePorts,
  { subscriptionId, location, application }: SpokeRequest,
  names: SpokeNames,
): Promise<StandingNetwork> {
  const [network, { networkInterfaces }] = await Promise.all([
    resources["Microsoft.Network/virtualNetworks"].observe({
      ...observed(names.virtualNetwork),
      type: "Microsoft.Network/virtualNetworks",
      body: { location, tags: {}, addressPrefixes: [], dnsServers: [], subnets: [] },
    }),
    facts.observeSpokeFacts({
      subscriptionId,
      location,
      virtualNetworkId: names.virtualNetwork,
      storageAccountId: null,
      withSystemTopic: false,
    }),
  ]);
  if (network === null) {
    return { subnets: null, networkSecurityGroups: new Map(), routes: new Map(), networkInterfaces };
  }
  const own = new Set(names.subnetNames(application.tiers));
  const subnets = network.body.subnets.filter(({ name }) => own.has(name.toLowerCase()));
  const [networkSecurityGroups, routes] = await Promise.all([
    byId(
      subnets.map(({ networkSecurityGroupId }) => networkSecurityGroupId),
      (id) => networkSecurityGroup(resources, id, location),
    ),
    byId(
      subnets.map(({ routeTableId }) => routeTableId),
      (id) => routesOf(resources, id, location),
    ),
  ]);
  return { subnets, networkSecurityGroups, routes, networkInterfaces };
}

async function byId<R>(
  ids: readonly (string | null)[],
  ask: (id: string) => Promise<R>,
): Promise<ReadonlyMap<string, R>> {
  const distinct = new Map(ids.filter((id) => id !== null).map((id) => [resourceIdKey(id), id]));
  return new Map(await Promise.all([...distinct].map(async ([key, id]): Promise<[string, R]> => [key, await ask(id)])));
}

async function networkSecurityGroup(resources: ResourcePorts, id: string, location: string): Promise<unknown> {
  const type = "Microsoft.Network/networkSecurityGroups";
  const body = { location, tags: {}, securityRules: [] };
  const standing = await resources[type].observe({ ...observed(id), type, body });
  return standing?.native ?? null;
}

async function routesOf(resources: ResourcePorts, id: string, location: string): Promise<readonly RouteBody[]> {
  const type = "Microsoft.Network/routeTables";
  const body = { location, tags: {}, disableBgpRoutePropagation: true, routes: [] };
  const standing = await resources[type].observe({ ...observed(id), type, body });
  if (standing === null) throw tableGone(id);
  return standing.body.routes;
}

/** What is only looked at: whatever its body says, nothing is written. */
function observed(id: string) {
  return { id, ownership: "owned", steps: [5], dependsOn: [] } as const;
}

function tableGone(resourceId: string): RefusedError {
  return new RefusedError({
    code: "ResourceNotFound",
    message: "A subnet names a route table that Azure does not show.",
    resourceId,
    remedy: "Ask again; if it lasts, look at the subnet in the Azure portal.",
  });
}
