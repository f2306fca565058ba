import { type KqlQuery, kql } from "../../azure/kql.ts";
import type { ResourceGraphPort, ResourceGraphRow } from "../../azure/ports.ts";
import { parseResourceId, tryParseResourceId } from "../../domain/resource-id.ts";
import type { SeenStorage, SubscriptionSight } from "../../spoke/flow-log-enforcement/observed-networks.ts";
import { fieldsOf, listOf, textOf } from "../row-values.ts";
import { allRows } from "./observe-subscriptions.ts";

const networks = kql`resources
| where type =~ 'microsoft.network/virtualnetworks'
| project id, name, location, tags, subscriptionId
| order by id asc`;
const visibleSubscriptions = kql`resourcecontainers
| where type =~ 'microsoft.resources/subscriptions'
| project subscriptionId
| order by subscriptionId asc`;
const flowLogs = kql`resources
| where type =~ 'microsoft.network/networkwatchers/flowlogs'
| project id, name, type, location, tags, identity, properties, subscriptionId
| order by id asc`;
const watchers = kql`resources
| where type =~ 'microsoft.network/networkwatchers'
| project id, location, subscriptionId
| order by id asc`;
const interfaces = kql`resources
| where type =~ 'microsoft.network/networkinterfaces' and isnotempty(properties.virtualMachine.id)
| project id, subscriptionId, machine = tostring(properties.virtualMachine.id), configurations = properties.ipConfigurations
| order by id asc`;
const runningMachines = kql`resources
| where type =~ 'microsoft.compute/virtualmachines' and properties.extended.instanceView.powerState.code =~ 'PowerState/running'
| project id, subscriptionId
| order by id asc`;

/**
 * What the flow logs of subscriptions are judged by: five questions to Resource Graph and their pages, whatever there is,
 * one more where NSGs have flow logs, and one where subscriptions show no network. By the id of the subscription, in lower case.
 */
export async function observeFlowLogs(
  graph: ResourceGraphPort,
  subscriptionIds: readonly string[],
): Promise<ReadonlyMap<string, SubscriptionSight>> {
  const ask = (query: KqlQuery) => inChunks(subscriptionIds, (some) => allRows(graph, query, some));
  const rows = {
    networks: await ask(networks),
    flowLogs: await ask(flowLogs),
    watchers: await ask(watchers),
    interfaces: await ask(interfaces),
    machines: await ask(runningMachines),
  };
  const logged = rows.flowLogs.map((row) => textOf(fieldsOf(row.properties).targetResourceId)).filter(isSecurityGroup);
  const groups = await inChunks(logged, (some) => allRows(graph, securityGroups(some), subscriptionIds));
  const bySubscription = (all: readonly ResourceGraphRow[]) => {
    const grouped = Map.groupBy(all, (row) => textOf(row.subscriptionId).toLowerCase());
    return (id: string) => grouped.get(id) ?? [];
  };
  const networksOf = bySubscription(rows.networks);
  const flowLogsOf = bySubscription(rows.flowLogs);
  const watchersOf = bySubscription(rows.watchers);
  const interfacesOf = bySubscription(rows.interfaces);
  const machinesOf = bySubscription(rows.machines);
  const groupsOf = bySubscription(groups);
  const bare = subscriptionIds.filter((id) => networksOf(id.toLowerCase()).length === 0);
  const visible = await inChunks(bare, (some) => allRows(graph, visibleSubscriptions, some));
  const unreadable = new Set(bare.map((id) => id.toLowerCase()));
  for (const row of visible) unreadable.delete(textOf(row.subscriptionId).toLowerCase());
  return new Map(
    subscriptionIds.map((given) => {
      const subscriptionId = given.toLowerCase();
      return [
        subscriptionId,
        {
          subscriptionId,
          readable: !unreadable.has(subscriptionId),
          networks: networksOf(subscriptionId).map((row) => ({
            id: textOf(row.id),
            name: textOf(row.name),
            location: textOf(row.location),
            tags: fieldsOf(row.tags) as Readonly<Record<string, string>>,
          })),
          flowLogs: flowLogsOf(subscriptionId).map((row) => ({
            id: textOf(row.id),
            targetResourceId: textOf(fieldsOf(row.properties).targetResourceId),
            row,
          })),
          interfaces: interfacesOf(subscriptionId).map((row) => ({
            id: textOf(row.id),
            virtualMachineId: textOf(row.machine),
            subnetIds: listOf(row.configurations)
              .map((one) => textOf(fieldsOf(fieldsOf(fieldsOf(one).properties).subnet).id))
              .filter((id) => tryParseResourceId(id) !== null),
          })),
          runningMachineIds: machinesOf(subscriptionId).map((row) => textOf(row.id)),
          networkWatchers: watchersOf(subscriptionId).map((row) => ({
            id: textOf(row.id),
            location: textOf(row.location),
          })),
          securityGroups: groupsOf(subscriptionId).map((row) => ({
            id: textOf(row.id),
            subnetIds: idsOf(row.subnets),
            networkInterfaceIds: idsOf(row.interfaces),
          })),
        },
      ];
    }),
  );
}

/** The configured storage accounts for flow logs, by the subscriptions that they stand in. */
export async function observeStorages(
  graph: ResourceGraphPort,
  accountIds: readonly string[],
): Promise<readonly SeenStorage[]> {
  if (accountIds.length === 0) return [];
  const subscriptionIds = [...new Set(accountIds.map((id) => parseResourceId(id).subscriptionId ?? ""))];
  const rows = await allRows(
    graph,
    kql`resources
| where type =~ 'microsoft.storage/storageaccounts' and id in~ ${accountIds}
| project id, location, sku = sku.name, properties, subscriptionId
| order by id asc`,
    subscriptionIds,
  );
  return rows.map((row) => ({
    id: textOf(row.id),
    location: textOf(row.location),
    skuName: textOf(row.sku),
    // Azure's default where it says nothing.
    allowSharedKeyAccess: fieldsOf(row.properties).allowSharedKeyAccess !== false,
    blobEndpoint: textOf(fieldsOf(fieldsOf(row.properties).primaryEndpoints).blob) || null,
  }));
}

function securityGroups(ids: readonly string[]): KqlQuery {
  return kql`resources
| where type =~ 'microsoft.network/networksecuritygroups' and id in~ ${ids}
| project id, subscriptionId, subnets = properties.subnets, interfaces = properties.networkInterfaces
| order by id asc`;
}

/** No query names more subscriptions or ids than Azure takes in one. */
async function inChunks<R>(ids: readonly string[], ask: (some: readonly string[]) => Promise<R[]>): Promise<R[]> {
  const found: R[] = [];
  for (let at = 0; at < ids.length; at += chunk) found.push(...(await ask(ids.slice(at, at + chunk))));
  return found;
}

const chunk = 200;

function isSecurityGroup(id: string): boolean {
  return tryParseResourceId(id)?.type.toLowerCase() === "microsoft.network/networksecuritygroups";
}

const idsOf = (value: unknown): string[] => listOf(value).map((one) => textOf(fieldsOf(one).id));
