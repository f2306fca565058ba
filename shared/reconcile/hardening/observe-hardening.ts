import { kql } from "../../azure/kql.ts";
import { rawInterfaceFact } from "../../azure/network-interface-facts.ts";
import type { ResourceGraphPort, ResourceGraphRow } from "../../azure/ports.ts";
import type { NetworkInterfaceFact } from "../../domain/platform-facts.ts";
import { tryParseResourceId } from "../../domain/resource-id.ts";
import { networkAssessmentKeys } from "../../spoke/recommendations/assessment-recommendations.ts";
import type { SeenAssessment, SeenControl } from "../../spoke/recommendations/seen-assessments.ts";
import { allRows } from "../flow-logs/observe-subscriptions.ts";

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
    return Map.groupBy(rows, (row) => text(row.subscriptionId).toLowerCase());
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
        interfaces: of(found.interfaces).map((row) => rawInterfaceFact({ ...row, id: text(row.id) })),
      };
      return [subscriptionId, sight];
    }),
  );
}

function assessmentOf(row: ResourceGraphRow, subscriptionId: string): SeenAssessment {
  const { displayName, status, resourceDetails, metadata } = fields(row.properties);
  const [state, details, about] = [fields(status), fields(resourceDetails), fields(metadata)];
  return {
    id: text(row.id),
    key: text(row.name).toLowerCase(),
    subscriptionId,
    // Azure writes it in two ways; what extends a resource begins with its id all the same.
    resourceId: text(details.Id) || text(details.id) || text(details.ResourceId) || scopeOf(text(row.id)),
    displayName: text(displayName) || text(about.displayName),
    cause: text(state.cause),
    description: text(state.description),
    severity: text(about.severity),
    tactics: list(about.tactics).map(text),
    techniques: list(about.techniques).map(text),
    remediation: text(about.remediationDescription),
  };
}

function controlOf(row: ResourceGraphRow, subscriptionId: string): SeenControl {
  const { displayName, score, healthyResourceCount, unhealthyResourceCount, definition } = fields(row.properties);
  const definitions = list(fields(fields(definition).properties).assessmentDefinitions);
  return {
    subscriptionId,
    displayName: text(displayName),
    max: number(fields(score).max),
    healthy: number(healthyResourceCount),
    unhealthy: number(unhealthyResourceCount),
    keys: definitions.map((one) => text(fields(one).id).split("/").at(-1)?.toLowerCase() ?? ""),
  };
}

const scopeOf = (id: string) => tryParseResourceId(id)?.parentId ?? id;
const text = (value: unknown): string => (typeof value === "string" ? value : "");
const number = (value: unknown): number => (typeof value === "number" ? value : 0);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}

const chunk = 200;
