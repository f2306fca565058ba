/** What Azure Monitor can send from resources of one type. */
export interface DiagnosticCategories {
  readonly logs: readonly string[];
  /** The logs that the category group `audit` stands for; empty where the type has no such group. */
  readonly audit: readonly string[];
  readonly metrics: readonly string[];
}

const subscriptionType = "microsoft.resources/subscriptions";

const allMetrics = ["AllMetrics"];

const logsOnly = (...logs: string[]): DiagnosticCategories => ({ logs, audit: [], metrics: [] });
const logsAndMetrics = (...logs: string[]): DiagnosticCategories => ({ logs, audit: [], metrics: allMetrics });

/** Source: Azure Monitor, "Supported resource log categories", and "Azure activity log event schema" (categories). */
const byType = new Map<string, DiagnosticCategories>([
  [
    subscriptionType,
    logsOnly(
      "Administrative",
      "Security",
      "ServiceHealth",
      "Alert",
      "Recommendation",
      "Policy",
      "Autoscale",
      "ResourceHealth",
    ),
  ],
  ["microsoft.network/networksecuritygroups", logsOnly("NetworkSecurityGroupEvent", "NetworkSecurityGroupRuleCounter")],
  ["microsoft.network/virtualnetworks", logsAndMetrics("VMProtectionAlerts")],
  ["microsoft.network/networkinterfaces", logsAndMetrics()],
  ["microsoft.network/loadbalancers", logsAndMetrics("LoadBalancerHealthEvent")],
  [
    "microsoft.network/publicipaddresses",
    logsAndMetrics("DDoSProtectionNotifications", "DDoSMitigationFlowLogs", "DDoSMitigationReports"),
  ],
  [
    "microsoft.network/applicationgateways",
    logsAndMetrics("ApplicationGatewayAccessLog", "ApplicationGatewayPerformanceLog", "ApplicationGatewayFirewallLog"),
  ],
  [
    "microsoft.operationalinsights/workspaces",
    { logs: ["Audit", "SummaryLogs"], audit: ["Audit"], metrics: allMetrics },
  ],
  [
    "microsoft.keyvault/vaults",
    { logs: ["AuditEvent", "AzurePolicyEvaluationDetails"], audit: ["AuditEvent"], metrics: allMetrics },
  ],
  ["microsoft.storage/storageaccounts", { logs: [], audit: [], metrics: ["Transaction", "Capacity"] }],
  ["microsoft.eventgrid/systemtopics", logsAndMetrics("DeliveryFailures")],
  ["microsoft.compute/virtualmachines", logsAndMetrics()],
  ["microsoft.compute/virtualmachinescalesets", logsAndMetrics()],
]);

/** Types of which Azure says itself that they have no diagnostic settings. */
const without = new Set([
  "microsoft.resources/subscriptions/resourcegroups",
  "microsoft.network/applicationsecuritygroups",
  "microsoft.network/routetables",
  "microsoft.network/networkwatchers",
  "microsoft.network/privateendpoints",
  "microsoft.managedidentity/userassignedidentities",
]);

/**
 * What a type can send: its categories, `unsupported` where Azure refuses diagnostic settings on it, `unknown` where local
 * Azure does not know.
 */
export function diagnosticCategories(type: string): DiagnosticCategories | "unsupported" | "unknown" {
  const key = type.toLowerCase();
  return byType.get(key) ?? (without.has(key) ? "unsupported" : "unknown");
}

/** True for the scope whose diagnostic settings carry the activity log. */
export function isActivityLogScope(type: string): boolean {
  return type.toLowerCase() === subscriptionType;
}
