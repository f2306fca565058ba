import type { ResourcePorts, ResourceSnapshot } from "../../azure/ports.ts";
import type { NetworkInterfaceFact } from "../../domain/platform-facts.ts";
import type { DesiredResource, ResourceBodies, ResourceType, RouteBody } from "../../domain/resource.ts";
import { resourceIdKey } from "../../domain/resource-id.ts";
import type { SpokeRequest } from "../../domain/spoke-request.ts";
import type { StandingNetwork } from "../../spoke/connectivity/standing-network.ts";
import type { SpokeNames } from "../../spoke/spoke-names.ts";
import { portOf } from "../observe-resource.ts";

/** What stands of a spoke's network among documents that were read before, as `observeNetwork` finds it by asking. */
export function standingNetworkIn(
  ports: ResourcePorts,
  snapshot: ResourceSnapshot,
  { location, application }: SpokeRequest,
  names: SpokeNames,
  networkInterfaces: readonly NetworkInterfaceFact[],
): StandingNetwork {
  const find = <T extends ResourceType>(type: T, id: string, body: ResourceBodies[T]) => {
    const looked = { id, type, ownership: "owned", steps: [5], dependsOn: [], body } as unknown as DesiredResource;
    return portOf(ports, type).observeIn?.(snapshot, looked) ?? null;
  };
  const common = { location, tags: {} };
  const network = find("Microsoft.Network/virtualNetworks", names.virtualNetwork, {
    ...common,
    addressPrefixes: [],
    dnsServers: [],
    subnets: [],
  });
  if (network === null) {
    return { subnets: null, networkSecurityGroups: new Map(), routes: new Map(), networkInterfaces };
  }
  const own = new Set(names.subnetNames(application.tiers));
  const { subnets: standing } = network.body as ResourceBodies["Microsoft.Network/virtualNetworks"];
  const subnets = standing.filter(({ name }) => own.has(name.toLowerCase()));
  const group = (id: string): unknown =>
    find("Microsoft.Network/networkSecurityGroups", id, { ...common, securityRules: [] })?.native ?? null;
  const routes = (id: string): readonly RouteBody[] => {
    const body = { ...common, disableBgpRoutePropagation: true, routes: [] };
    const table = find("Microsoft.Network/routeTables", id, body)?.body as
      | ResourceBodies["Microsoft.Network/routeTables"]
      | undefined;
    return table?.routes ?? [];
  };
  return {
    subnets,
    networkSecurityGroups: byKey(
      subnets.map(({ networkSecurityGroupId }) => networkSecurityGroupId),
      group,
    ),
    routes: byKey(
      subnets.map(({ routeTableId }) => routeTableId),
      routes,
    ),
    networkInterfaces,
  };
}

function byKey<R>(ids: readonly (string | null)[], find: (id: string) => R): ReadonlyMap<string, R> {
  return new Map(ids.filter((id) => id !== null).map((id) => [resourceIdKey(id), find(id)]));
}
