import { type KqlQuery, kql } from "../../azure/kql.ts";

/** One query of a sweep. Rows are put down by subscription, or for all spokes together. */
export interface SweepQuery {
  readonly name: string;
  readonly text: KqlQuery;
  /** Of spokes' own subscriptions, or of those that hubs, log storage and zones lie in. */
  readonly scope: "spokes" | "surroundings";
  /** How large a row may be expected to be. */
  readonly bytesPerRow: number;
}

/** Ids of what spokes share, whatever subscription it lies in. */
export interface SharedIds {
  readonly resourceIds: readonly string[];
  /** Resource id of the workspace that gets the logs. */
  readonly workspaceId: string;
}

const columns = kql`project id, name, type, location, tags, sku, zones, identity, properties`;
const inOrder = kql`order by id asc`;

/** What a spoke consists of; children are told within their parents. */
const types: readonly string[] = [
  "microsoft.eventgrid/systemtopics",
  "microsoft.insights/activitylogalerts",
  "microsoft.managedidentity/userassignedidentities",
  "microsoft.network/applicationgateways",
  "microsoft.network/applicationgatewaywebapplicationfirewallpolicies",
  "microsoft.network/applicationsecuritygroups",
  "microsoft.network/loadbalancers",
  "microsoft.network/natgateways",
  "microsoft.network/networkinterfaces",
  "microsoft.network/networksecuritygroups",
  "microsoft.network/networkwatchers",
  "microsoft.network/networkwatchers/flowlogs",
  "microsoft.network/publicipaddresses",
  "microsoft.network/routetables",
  "microsoft.network/virtualnetworks",
];

/** Compute, data and storage: the guidance wants them in other resource groups than the network. */
export const residentTypes: readonly string[] = [
  "microsoft.compute/disks",
  "microsoft.compute/virtualmachines",
  "microsoft.compute/virtualmachinescalesets",
  "microsoft.dbformysql/flexibleservers",
  "microsoft.dbforpostgresql/flexibleservers",
  "microsoft.documentdb/databaseaccounts",
  "microsoft.sql/servers",
  "microsoft.storage/storageaccounts",
];

/**
 * The queries of a sweep, in the order in which they are asked. Few and wide: NSGs are so large that bytes limit a page of
 * them, and all else so small that rows do; in the order of their ids they share pages that both limits fill.
 */
export function sweepQueries({ resourceIds, workspaceId }: SharedIds): readonly SweepQuery[] {
  const ofSpokes = { scope: "spokes", bytesPerRow: 15_000 } as const;
  return [
    {
      ...ofSpokes,
      name: "containers",
      text: kql`resourcecontainers | where type in~ ${containerTypes} | project id, name, type, location, tags, properties | ${inOrder}`,
    },
    {
      ...ofSpokes,
      name: "resources",
      text: kql`resources | where type in~ ${types} or (resourceGroup startswith ${"rg-"} and type in~ ${residentTypes}) | ${columns} | ${inOrder}`,
    },
    {
      name: "shared",
      scope: "surroundings",
      bytesPerRow: 15_000,
      text: kql`resources | where id in~ ${[...resourceIds, ""]} or type =~ ${"microsoft.network/privatednszones/virtualnetworklinks"} or (type =~ ${"microsoft.operationsmanagement/solutions"} and properties.workspaceResourceId =~ ${workspaceId}) | ${columns} | ${inOrder}`,
    },
    {
      ...ofSpokes,
      name: "recommendations",
      text: kql`securityresources | where type =~ ${"microsoft.security/assessments"} | summarize recommendations = count() by subscriptionId | order by subscriptionId asc`,
    },
  ];
}

const containerTypes: readonly string[] = [
  "microsoft.resources/resourcegroups",
  "microsoft.resources/subscriptions",
  "microsoft.resources/subscriptions/resourcegroups",
];
