import type { Resource } from "../../resource.ts";
import type { ResourceType } from "../../resource-type.ts";
import type { ListContext } from "../../world.ts";
import { diagnosticSettingsNotSupported } from "../platform-errors.ts";
import { isActivityLogScope } from "./diagnostic-log-categories.ts";
import { categoriesOf } from "./diagnostic-setting.ts";

const type = "Microsoft.Insights/diagnosticSettingsCategories";

/** The logs and metrics that a resource can send; Azure Monitor does not answer it for subscriptions. */
export const diagnosticSettingsCategory: ResourceType = {
  type,
  scope: "extension",
  apiVersions: ["2021-05-01-preview"],
  provisioningState: false,
  list: { by: ["scope"], select },
};

function select(context: ListContext): readonly Resource[] {
  const target = context.scope;
  if (isActivityLogScope(target.type)) throw diagnosticSettingsNotSupported(target.type);
  const { logs, audit, metrics } = categoriesOf(target);
  const groupsOf = (log: string): string[] => (audit.includes(log) ? ["audit", "allLogs"] : ["allLogs"]);
  return [
    ...logs.map((name) => category(target.id, name, { categoryType: "Logs", categoryGroups: groupsOf(name) })),
    ...metrics.map((name) => category(target.id, name, { categoryType: "Metrics", categoryGroups: [] })),
  ];
}

function category(targetId: string, name: string, properties: Record<string, unknown>): Resource {
  return {
    id: `${targetId}/providers/${type}/${name}`,
    name,
    type,
    body: { properties },
    provisioningState: "Succeeded",
    etag: "",
    lastOperation: "",
  };
}
