import { kql } from "../../azure/kql.ts";
import { rawInterfaceFact } from "../../azure/network-interface-facts.ts";
import type { ResourceGraphPort, ResourceGraphRow } from "../../azure/ports.ts";
import type { NetworkInterfaceFact } from "../../domain/platform-facts.ts";
import { tryParseResourceId } from "../../domain/resource-id.ts";
import { networkAssessmentKeys } from "../../spoke/recommendations/assessment-recommendations.ts";
import type { SeenAssessment, SeenControl } from "../../spoke/recommendations/seen-assessments.ts";
import { allRows } from "../flow-logs/observe-subscriptions.ts";
import { fieldsOf, listOf, numberOf, textOf } from "../row-values.ts";

/** What Defender says of one subscription, and which machines stand in which subnets. */
export interface HardeningSight {
  readonly subscriptionId: string;
  readonly assessments: readonly SeenAssessment[];
  readonly controls: readonly SeenControl[];
  readonly interfaces: readonly NetworkInterfaceFact[];
}

const assessments = kql`securityresources
| where type =~ 'microsoft.security/assessments' and name in~ ${networkAssessmentKeys}
| where properties.status.code =~ 'Unhealthy'
| project id, name, subscriptionId, properties
| order by id asc`;
const controls = kql`securityresources
| where type =~ 'microsoft.security/securescores/securescorecontrols'
| project id, subscriptionId, properties
| order by id asc`;
const interfaces = kql`resources
| where type =~ 'microsoft.network/networkinterfaces'
| project id, subscriptionId, properties
| order by id asc`;

/** Three questions to Resource Graph and their pages, for all subscriptions. By the id in lower case. */
export async function observeHardening(
  graph: ResourceGraphPort,
  subscriptionIds: readonly string[],
): Promise<ReadonlyMap<string, HardeningSight>> {
  const ask = async (query: typeof assessments) => {
    const rows: ResourceGraphRow[] = [];
    for (let at = 0; at < subscriptionIds.length; at += chunk) {
      rows.push(...(await allRows(graph, query, subscriptionIds.slice(at, at + chunk))));
    }
    return Map.groupBy(rows, (row) => textOf(row.subscriptionId).toLowerCase());
  };
  const found = {
    assessments: await ask(assessments),
    controls: await ask(controls),
    interfaces: await ask(interfaces),
  };
  return new Map(
    subscriptionIds.map((given) => {
      const subscriptionId = given.toLowerCase();
      const of = (rows: ReadonlyMap<string, readonly ResourceGraphRow[]>) => rows.get(subscriptionId) ?? [];
      const sight: HardeningSight = {
        subscriptionId,
        assessments: of(found.assessments).map((row) => assessmentOf(row, subscriptionId)),
        controls: of(found.controls).map((row) => controlOf(row, subscriptionId)),
        interfaces: of(found.interfaces).map((row) => rawInterfaceFact({ ...row, id: textOf(row.id) })),
      };
      return [subscriptionId, sight];
    }),
  );
}

function assessmentOf(row: ResourceGraphRow, subscriptionId: string): SeenAssessment {
  const { displayName, status, resourceDetails, metadata } = fieldsOf(row.properties);
  const [state, details, about] = [fieldsOf(status), fieldsOf(resourceDetails), fieldsOf(metadata)];
  return {
    id: textOf(row.id),
    key: textOf(row.name).toLowerCase(),
    subscriptionId,
    // Azure writes it in two ways; what extends a resource begins with its id all the same.
    resourceId: textOf(details.Id) || textOf(details.id) || textOf(details.ResourceId) || scopeOf(textOf(row.id)),
    displayName: textOf(displayName) || textOf(about.displayName),
    cause: textOf(state.cause),
    description: textOf(state.description),
    severity: textOf(about.severity),
    tactics: listOf(about.tactics).map(textOf),
    techniques: listOf(about.techniques).map(textOf),
    remediation: textOf(about.remediationDescription),
  };
}

function controlOf(row: ResourceGraphRow, subscriptionId: string): SeenControl {
  const { displayName, score, healthyResourceCount, unhealthyResourceCount, definition } = fieldsOf(row.properties);
  const definitions = listOf(fieldsOf(fieldsOf(definition).properties).assessmentDefinitions);
  return {
    subscriptionId,
    displayName: textOf(displayName),
    max: numberOf(fieldsOf(score).max),
    healthy: numberOf(healthyResourceCount),
    unhealthy: numberOf(unhealthyResourceCount),
    keys: definitions.map((one) => textOf(fieldsOf(one).id).split("/").at(-1)?.toLowerCase() ?? ""),
  };
}

const scopeOf = (id: string) => tryParseResourceId(id)?.parentId ?? id;

const chunk = 200;
