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

/** What a spoke consists of, beside its NSGs; children are told within their parents. */
const types = [
  "microsoft.eventgrid/systemtopics",
  "microsoft.insights/activitylogalerts",
  "microsoft.managedidentity/userassignedidentities",
  "microsoft.network/applicationgateways",
  "microsoft.network/applicationgatewaywebapplicationfirewallpolicies",
  "microsoft.network/applicationsecuritygroups",
  "microsoft.network/loadbalancers",
  "microsoft.network/natgateways",
  "microsoft.network/networkinterfaces",
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

/** The queries of a sweep, in the order in which they are asked. */
export function sweepQueries({ resourceIds, workspaceId }: SharedIds): readonly SweepQuery[] {
  const ofSpokes = { scope: "spokes", bytesPerRow: 8_192 } as const;
  const around = { scope: "surroundings", bytesPerRow: 8_192 } as const;
  return [
    {
      ...ofSpokes,
      name: "containers",
      text: kql`resourcecontainers | where type in~ ${["microsoft.resources/subscriptions", "microsoft.resources/subscriptions/resourcegroups", "microsoft.resources/resourcegroups"]} | project id, name, type, location, tags, properties | ${inOrder}`,
    },
    {
      ...ofSpokes,
      name: "groups",
      text: kql`resources | where type =~ ${"microsoft.network/networksecuritygroups"} | ${columns} | ${inOrder}`,
      // Fifty rules: a group of a spoke has about thirty.
      bytesPerRow: 48_000,
    },
    { ...ofSpokes, name: "parts", text: kql`resources | where type in~ ${types} | ${columns} | ${inOrder}` },
    {
      ...ofSpokes,
      name: "residents",
      text: kql`resources | where resourceGroup startswith ${"rg-"} and type in~ ${residentTypes} | project id, name, type | ${inOrder}`,
      bytesPerRow: 1_024,
    },
    {
      ...around,
      name: "shared",
      text: kql`resources | where id in~ ${[...resourceIds, ""]} or type =~ ${"microsoft.network/privatednszones/virtualnetworklinks"} | ${columns} | ${inOrder}`,
    },
    {
      ...around,
      name: "sentinel",
      text: kql`resources | where type =~ ${"microsoft.operationsmanagement/solutions"} and properties.workspaceResourceId =~ ${workspaceId} | project id, name, type | ${inOrder}`,
      bytesPerRow: 1_024,
    },
    {
      ...ofSpokes,
      name: "recommendations",
      text: kql`securityresources | where type =~ ${"microsoft.security/assessments"} | summarize recommendations = count() by subscriptionId | order by subscriptionId asc`,
      bytesPerRow: 1_024,
    },
  ];
}
