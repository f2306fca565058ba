import type { PlatformConfiguration } from "../../shared/domain/platform-configuration.ts";
import { at, equal, first, list, lower, sameId } from "./answer-checks.ts";
import type { DemoRequest } from "./demo-request.ts";
import type { ExpectedResource } from "./expected-resources.ts";

const network = "2026-01-01";
const eventGrid = "2022-06-15";

/** What steps 6 and 7 of the guidance promise for the demo's request: gateway, firewall, names, Defender, events, alert. */
export function expectedAccess(request: DemoRequest, platform: PlatformConfiguration): ExpectedResource[] {
  const { name } = request;
  const subscription = `/subscriptions/${request.subscriptionId}`;
  const group = `${subscription}/resourceGroups/rg-${name}`;
  const own = (type: string, resource: string): string => `${group}/providers/Microsoft.Network/${type}/${resource}`;
  const firewallPolicy = own("ApplicationGatewayWebApplicationFirewallPolicies", `waf-${name}`);
  return [
    {
      what: `application gateway agw-${name}`,
      id: own("applicationGateways", `agw-${name}`),
      apiVersion: network,
      problems: (body) => [
        ...equal("tag zero-trust-spoke", at(body, "tags", "zero-trust-spoke"), name),
        ...equal("state", at(body, "properties", "operationalState"), "Running"),
        ...sameId("firewall policy", at(body, "properties", "firewallPolicy", "id"), firewallPolicy),
        ...equal("protocols", listeners(body).join(), "Https"),
        ...equal("backend protocol", at(first(settings(body)), "properties", "protocol"), "Https"),
      ],
    },
    {
      what: `firewall policy waf-${name}`,
      id: firewallPolicy,
      apiVersion: network,
      problems: (body) => [
        ...equal("mode", at(body, "properties", "policySettings", "mode"), "Prevention"),
        ...equal("state", at(body, "properties", "policySettings", "state"), "Enabled"),
      ],
    },
    ...platform.privateDnsZoneIds.map(
      (zone): ExpectedResource => ({
        what: `private DNS link link-${name}`,
        id: `${zone}/virtualNetworkLinks/link-${name}`,
        apiVersion: "2024-06-01",
        problems: (body) =>
          sameId("network", at(body, "properties", "virtualNetwork", "id"), own("virtualNetworks", `vnet-${name}`)),
      }),
    ),
    ...(platform.defender?.plans ?? []).map(
      (plan): ExpectedResource => ({
        what: `Defender plan ${plan.name}`,
        id: `${subscription}/providers/Microsoft.Security/pricings/${plan.name}`,
        apiVersion: "2024-01-01",
        problems: (body) => [
          ...equal("tier", at(body, "properties", "pricingTier"), "Standard"),
          ...(plan.subPlan === null ? [] : equal("sub-plan", at(body, "properties", "subPlan"), plan.subPlan)),
        ],
      }),
    ),
    ...networkEvents(subscription, platform),
    {
      what: `alert alert-${name}-nsg`,
      id: `${group}/providers/Microsoft.Insights/activityLogAlerts/alert-${name}-nsg`,
      apiVersion: "2020-10-01",
      problems: (body) => [
        ...equal("enabled", at(body, "properties", "enabled"), true),
        ...(list(at(body, "properties", "scopes")).some((scope) => lower(scope) === group.toLowerCase())
          ? []
          : [`the alert does not look at ${group}`]),
      ],
    },
  ];
}

/** In local Azure nobody else makes a topic, so that it is the tool's own. */
function networkEvents(subscription: string, platform: PlatformConfiguration): ExpectedResource[] {
  const events = platform.networkEvents;
  if (events === null) return [];
  const topic = `${subscription}/resourceGroups/${events.resourceGroup}/providers/Microsoft.EventGrid/systemTopics/evgt-zero-trust`;
  return [
    {
      what: "Event Grid topic of the subscription",
      id: topic,
      apiVersion: eventGrid,
      problems: (body) => [
        ...sameId("source", at(body, "properties", "source"), subscription),
        ...equal("identity", at(body, "identity", "type"), "SystemAssigned"),
      ],
    },
    {
      what: "event subscription zero-trust-network-changes",
      id: `${topic}/eventSubscriptions/zero-trust-network-changes`,
      apiVersion: eventGrid,
      problems: (body) => {
        const destination = at(body, "properties", "deliveryWithResourceIdentity", "destination", "properties");
        return [
          ...equal("state", at(body, "properties", "provisioningState"), "Succeeded"),
          ...equal("queue", at(destination, "queueName"), events.queueName),
          ...sameId("storage", at(destination, "resourceId"), events.storageAccountId),
        ];
      },
    },
  ];
}

const listeners = (body: unknown): unknown[] =>
  list(at(body, "properties", "httpListeners")).map((listener) => at(listener, "properties", "protocol"));

const settings = (body: unknown): unknown => at(body, "properties", "backendHttpSettingsCollection");
