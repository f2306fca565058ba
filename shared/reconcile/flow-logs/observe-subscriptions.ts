import { type KqlQuery, kql } from "../../azure/kql.ts";
import type { ResourceGraphPort, ResourceGraphRow, ResourceGraphScope } from "../../azure/ports.ts";
import { readPages } from "../../azure/resource-graph-pages.ts";
import type { PlatformConfiguration } from "../../domain/platform-configuration.ts";

/**
 * Ids of all subscriptions that are looked after: the configured ones, those below the management groups of the scope,
 * and those of spokes, whatever the configuration says by now.
 */
export async function managedSubscriptions(
  graph: ResourceGraphPort,
  { subscriptionIds, enforcement: { scope } }: PlatformConfiguration,
  spokeSubscriptionIds: readonly string[],
): Promise<readonly string[]> {
  const below =
    scope.managementGroups.length === 0
      ? []
      : await allRows(graph, enabledSubscriptions, { managementGroups: scope.managementGroups });
  const excluded = new Set(scope.excludedSubscriptionIds.map((id) => id.toLowerCase()));
  const named = [...subscriptionIds, ...below.map((row) => String(row.subscriptionId))]
    .map((id) => id.toLowerCase())
    .filter((id) => !excluded.has(id));
  return [...new Set([...named, ...spokeSubscriptionIds.map((id) => id.toLowerCase())])].sort();
}

const enabledSubscriptions = kql`resourcecontainers
| where type =~ 'microsoft.resources/subscriptions' and properties.state !in~ ('Disabled', 'Deleted')
| project subscriptionId
| order by subscriptionId asc`;

/** All rows of a query, of which each needs few bytes. */
export async function allRows(
  graph: ResourceGraphPort,
  query: KqlQuery,
  scope: ResourceGraphScope,
): Promise<ResourceGraphRow[]> {
  const rows: ResourceGraphRow[] = [];
  for await (const page of readPages(graph, query, scope, 4_096)) rows.push(...page.rows);
  return rows;
}
