import { type ZodType, z } from "zod";
import { notModelled } from "../../errors/request-errors.ts";
import type { JsonObject } from "../../json.ts";
import { badRequest } from "../platform-errors.ts";
import { parseShape } from "../shape.ts";
import type { DiagnosticCategories } from "./diagnostic-log-categories.ts";

const retentionPolicy = z.strictObject({ enabled: z.boolean(), days: z.int().min(0) });

const logSettings = z.strictObject({
  category: z.string().optional(),
  categoryGroup: z.string().optional(),
  enabled: z.boolean(),
  retentionPolicy: retentionPolicy.optional(),
});

const metricSettings = z.strictObject({
  category: z.string().optional(),
  enabled: z.boolean(),
  timeGrain: z.string().optional(),
  retentionPolicy: retentionPolicy.optional(),
});

const settings = z.strictObject({
  workspaceId: z.string().optional(),
  storageAccountId: z.string().optional(),
  logAnalyticsDestinationType: z.string().optional(),
  logs: z.array(logSettings).default([]),
  metrics: z.array(metricSettings).default([]),
});

/** The properties of a diagnostic setting, as sent. */
export type DiagnosticSettingProperties = z.infer<typeof settings>;
type LogSettings = z.infer<typeof logSettings>;

const schema: ZodType<DiagnosticSettingProperties> = settings;

/**
 * Parses the properties of a diagnostic setting and checks them against what its resource can send.
 * @throws ArmError 400 BadRequest as Azure Monitor words it; 501 for destinations that are not modelled
 */
export function parseDiagnosticSetting(
  properties: JsonObject,
  categories: DiagnosticCategories,
): DiagnosticSettingProperties {
  const parsed = parseShape("DiagnosticSettings", properties, schema, {
    unmodelled: ["eventHubAuthorizationRuleId", "eventHubName", "marketplacePartnerId", "serviceBusRuleId"],
    refuse: (path, message) => badRequest(`Property 'properties.${path}' is invalid. ${message}`),
  });
  if (parsed.workspaceId === undefined && parsed.storageAccountId === undefined) {
    throw badRequest("At least one data sink needs to be specified.");
  }
  for (const log of parsed.logs) checkLog(log, categories);
  if (parsed.logs.some(isGroup) && parsed.logs.some((log) => !isGroup(log))) {
    throw badRequest("Diagnostic setting does not support mix of log category and log category group.");
  }
  for (const metric of parsed.metrics) checkMetric(metric.category, categories);
  if ([...parsed.logs, ...parsed.metrics].some((entry) => entry.retentionPolicy?.enabled === true)) {
    throw badRequest("Diagnostic settings does not support retention for new diagnostic settings.");
  }
  return parsed;
}

function isGroup(log: LogSettings): boolean {
  return log.categoryGroup !== undefined;
}

function checkLog(log: LogSettings, categories: DiagnosticCategories): void {
  if (log.category !== undefined && log.categoryGroup !== undefined) {
    throw badRequest("Diagnostic setting does not support mix of log category and log category group.");
  }
  if (log.categoryGroup !== undefined) {
    if (categoriesOfGroup(log.categoryGroup, categories).length > 0) return;
    throw badRequest(`Category group '${log.categoryGroup}' is not supported.`);
  }
  if (log.category === undefined) throw badRequest("Log category or category group must be specified.");
  if (!includes(categories.logs, log.category)) throw badRequest(`Category '${log.category}' is not supported.`);
}

function checkMetric(category: string | undefined, categories: DiagnosticCategories): void {
  if (category === undefined) throw notModelled("metrics by time grain, without a category");
  if (includes(categories.metrics, category)) return;
  const supported = categories.metrics.map((name) => `'${name}'`).join(", ");
  const hint = supported === "" ? "" : `, supported categories are: ${supported}`;
  throw badRequest(`Metric category '${category}' is not supported${hint}`);
}

/** The log and metric categories that a setting really sends, groups resolved. */
export function sentCategories(setting: DiagnosticSettingProperties, categories: DiagnosticCategories): string[] {
  const logs = setting.logs.filter((log) => log.enabled);
  const byGroup = logs.flatMap((log) => categoriesOfGroup(log.categoryGroup ?? "", categories));
  const metrics = setting.metrics.filter((metric) => metric.enabled);
  const named = [...logs, ...metrics].flatMap((entry) => (entry.category === undefined ? [] : [entry.category]));
  return [...new Set([...byGroup, ...named])];
}

/** The logs of a category group; none where the type has no such group. */
function categoriesOfGroup(group: string, categories: DiagnosticCategories): readonly string[] {
  if (group.toLowerCase() === "alllogs") return categories.logs;
  return group.toLowerCase() === "audit" ? categories.audit : [];
}

function includes(names: readonly string[], name: string): boolean {
  return names.some((known) => known.toLowerCase() === name.toLowerCase());
}
