import type { PlatformConfiguration } from "../../shared/domain/platform-configuration.ts";
import { addressPlan } from "./address-plan.ts";
import { at, equal, first, list, lower, sameId } from "./answer-checks.ts";
import { DemoError } from "./demo-error.ts";
import type { DemoRequest } from "./demo-request.ts";
import { expectedRules } from "./expected-rules.ts";
import { rulesOf } from "./network-security-group.ts";
import { checkRules } from "./rule-check.ts";

/** One thing to read through ARM, and what of it must be so. */
export interface ExpectedResource {
  readonly what: string;
  /** ARM id, or the path of a list. */
  readonly id: string;
  readonly apiVersion: string;
  /** What is wrong with the answer; null stands for "not found". */
  readonly problems: (body: unknown) => string[];
}

const network = "2026-01-01";

/** Everything that contract "What stands afterwards" promises for the demo's request. */
export function expectedResources(request: DemoRequest, platform: PlatformConfiguration): ExpectedResource[] {
  const hub = platform.hubs.find(({ location }) => location === request.location);
  if (!hub?.firewall)
    throw new DemoError(`The platform configuration has no hub with a firewall in ${request.location}.`);
  const { name } = request;
  const subscription = `/subscriptions/${request.subscriptionId}`;
  const group = `${subscription}/resourceGroups/rg-${name}`;
  const own = (type: string, resource: string): string => `${group}/providers/Microsoft.Network/${type}/${resource}`;
  const virtualNetwork = own("virtualNetworks", `vnet-${name}`);
  const plan = addressPlan(
    request.addressPrefix,
    request.application.tiers.map((tier) => tier.name),
  );
  const rules = expectedRules(request, plan);
  const tagged = (body: unknown): string[] =>
    equal("tag zero-trust-spoke", at(body, "tags", "zero-trust-spoke"), name).concat(
      Object.entries(request.tags).flatMap(([tag, value]) => equal(`tag ${tag}`, at(body, "tags", tag), value)),
    );
  const subnet = (tier: string, prefix: string): ExpectedResource => ({
    what: `subnet snet-${tier}`,
    id: `${virtualNetwork}/subnets/snet-${tier}`,
    apiVersion: network,
    problems: (body) => [
      ...equal(
        "addressPrefix",
        at(body, "properties", "addressPrefix") ?? first(at(body, "properties", "addressPrefixes")),
        prefix,
      ),
      ...sameId(
        "NSG",
        at(body, "properties", "networkSecurityGroup", "id"),
        own("networkSecurityGroups", `nsg-${name}-${tier}`),
      ),
      ...(tier === "gateway"
        ? equal("route table", at(body, "properties", "routeTable", "id"), undefined)
        : sameId("route table", at(body, "properties", "routeTable", "id"), own("routeTables", `rt-${name}`))),
      ...equal("defaultOutboundAccess", at(body, "properties", "defaultOutboundAccess"), false),
    ],
  });
  const subnets = [...plan.tiers, { name: "gateway", prefix: plan.gatewayPrefix }];
  const firewall = hub.firewall;
  const watcher = platform.networkWatcher.namePattern.replace("{location}", request.location);
  return [
    { what: `resource group rg-${name}`, id: group, apiVersion: "2025-04-01", problems: tagged },
    {
      what: "role assignment of the network managers' group",
      id: `${group}/providers/Microsoft.Authorization/roleAssignments?$filter=${encodeURIComponent("atScope()")}`,
      apiVersion: "2022-04-01",
      problems: (body) => {
        const role = platform.networkManagementRole;
        const found = list(at(body, "value")).some(
          (assignment) =>
            at(assignment, "properties", "principalId") === request.networkManagersGroupId &&
            lower(at(assignment, "properties", "scope")) === group.toLowerCase() &&
            (role.kind !== "custom" ||
              lower(at(assignment, "properties", "roleDefinitionId")).endsWith(role.roleDefinitionId.toLowerCase())),
        );
        return found ? [] : ["the group does not hold the network role on the resource group"];
      },
    },
    {
      what: "diagnostic setting zero-trust-activity",
      id: `${subscription}/providers/Microsoft.Insights/diagnosticSettings/zero-trust-activity`,
      apiVersion: "2021-05-01-preview",
      problems: (body) => [
        ...sameId("workspace", at(body, "properties", "workspaceId"), platform.workspace.resourceId),
        ...sameId("storage", at(body, "properties", "storageAccountId"), platform.activityLogStorageAccountId),
        ...(list(at(body, "properties", "logs")).some((log) => at(log, "enabled") === true)
          ? []
          : ["no log category is on"]),
      ],
    },
    ...subnets.map(
      ({ name: tier }): ExpectedResource => ({
        what: `NSG nsg-${name}-${tier}`,
        id: own("networkSecurityGroups", `nsg-${name}-${tier}`),
        apiVersion: network,
        problems: (body) => [...tagged(body), ...checkRules(rules.get(`snet-${tier}`) ?? [], rulesOf(body))],
      }),
    ),
    ...plan.tiers.map(
      ({ name: tier }): ExpectedResource => ({
        what: `ASG asg-${name}-${tier}`,
        id: own("applicationSecurityGroups", `asg-${name}-${tier}`),
        apiVersion: network,
        problems: tagged,
      }),
    ),
    {
      what: `route table rt-${name}`,
      id: own("routeTables", `rt-${name}`),
      apiVersion: network,
      problems: (body) => [
        ...tagged(body),
        ...equal("disableBgpRoutePropagation", at(body, "properties", "disableBgpRoutePropagation"), true),
        ...["0.0.0.0/0", ...platform.hubs.flatMap((one) => one.addressPrefixes), ...platform.internalPrefixes].flatMap(
          (prefix) =>
            list(at(body, "properties", "routes")).some(
              (route) =>
                at(route, "properties", "addressPrefix") === prefix &&
                at(route, "properties", "nextHopIpAddress") === firewall.privateIpAddress,
            )
              ? []
              : [`no route of ${prefix} to the firewall`],
        ),
      ],
    },
    {
      what: `virtual network vnet-${name}`,
      id: virtualNetwork,
      apiVersion: network,
      problems: (body) => [
        ...tagged(body),
        ...equal(
          "address space",
          first(at(body, "properties", "addressSpace", "addressPrefixes")),
          request.addressPrefix,
        ),
      ],
    },
    ...subnets.map(({ name: tier, prefix }) => subnet(tier, prefix)),
    ...peering("spoke side", `${virtualNetwork}/virtualNetworkPeerings/peer-${name}-to-hub`, hub.virtualNetworkId),
    ...peering("hub side", `${hub.virtualNetworkId}/virtualNetworkPeerings/peer-hub-to-${name}`, virtualNetwork),
    ...plan.tiers
      .filter(({ name: tier }) => request.application.tiers.some((one) => one.name === tier && one.loadBalanced))
      .map(
        ({ name: tier, loadBalancerAddress }): ExpectedResource => ({
          what: `load balancer lbi-${name}-${tier}`,
          id: own("loadBalancers", `lbi-${name}-${tier}`),
          apiVersion: network,
          problems: (body) => [
            ...tagged(body),
            ...equal(
              "private address",
              at(first(at(body, "properties", "frontendIPConfigurations")), "properties", "privateIPAddress"),
              loadBalancerAddress,
            ),
          ],
        }),
      ),
    {
      what: `flow log fl-${name}`,
      id: `${subscription}/resourceGroups/${platform.networkWatcher.resourceGroup}/providers/Microsoft.Network/networkWatchers/${watcher}/flowLogs/fl-${name}`,
      apiVersion: network,
      problems: (body) => [
        ...equal("enabled", at(body, "properties", "enabled"), true),
        ...sameId("target", at(body, "properties", "targetResourceId"), virtualNetwork),
        ...sameId(
          "storage",
          at(body, "properties", "storageId"),
          platform.flowLogs.storageAccountIds[request.location] ?? "",
        ),
        ...equal(
          "traffic analytics",
          at(body, "properties", "flowAnalyticsConfiguration", "networkWatcherFlowAnalyticsConfiguration", "enabled"),
          true,
        ),
      ],
    },
    {
      what: "the hub's IP group of spokes",
      id: firewall.ipGroupId,
      apiVersion: network,
      problems: (body) =>
        list(at(body, "properties", "ipAddresses")).includes(request.addressPrefix)
          ? []
          : [`${request.addressPrefix} is not a member`],
    },
    {
      what: "the hub's rule collection group",
      id: `${firewall.policyId}/ruleCollectionGroups/${firewall.ruleCollectionGroup.name}`,
      apiVersion: network,
      problems: (body) =>
        request.outboundAccess.flatMap(({ to }) =>
          JSON.stringify(body).includes(`"${to}"`) ? [] : [`no rule for ${to}`],
        ),
    },
  ];
}

function peering(side: string, id: string, remote: string): ExpectedResource[] {
  const problems = (body: unknown): string[] => [
    ...equal("peeringState", at(body, "properties", "peeringState"), "Connected"),
    ...sameId("remote network", at(body, "properties", "remoteVirtualNetwork", "id"), remote),
  ];
  return [{ what: `peering, ${side}`, id, apiVersion: network, problems }];
}
