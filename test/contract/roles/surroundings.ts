import type { RoleDefinition } from "@azure/arm-authorization";
import type { AppRole } from "../../../local/arm/seed/app-roles.ts";
import { seedIpamPool } from "../../../local/arm/seed/seed-addresses.ts";
import { seedProtection } from "../../../local/arm/seed/seed-protection.ts";
import { staticCidrId } from "../../../shared/spoke/static-cidr-id.ts";
import { appPrincipal, firstSubscription, type LocalAzure, platformSubscription } from "../arm/local-azure.ts";
import { inbound, makeMachine } from "../arm/platform/defender-fixture.ts";
import { putResource, storageApi } from "../arm/platform/resources.ts";
import { location } from "../azure/ports-under-test.ts";
import { machineInterface, stageIds } from "./spoke-of-every-type.ts";

/** Types whose rows Resource Graph shows, with a resource of each that others made in the spoke's subscription. */
const bystanders = [
  "Microsoft.Compute/disks",
  "Microsoft.DBforMySQL/flexibleServers",
  "Microsoft.DBforPostgreSQL/flexibleServers",
  "Microsoft.DocumentDB/databaseAccounts",
  "Microsoft.Sql/servers",
];

/** The app's storage of events, where the app holds its role on nothing else. */
export async function makeEventStorage(azure: LocalAzure, role: AppRole): Promise<void> {
  const { events, queue, deadLetters } = stageIds;
  await azure.resources(platformSubscription).resourceGroups.createOrUpdate("rg-platform-events", { location });
  const account = { location, kind: "StorageV2", sku: { name: "Standard_ZRS" }, properties: {} };
  await putResource(azure, events, storageApi, account);
  for (const part of [queue, deadLetters]) {
    const { status, text } = await azure.request("PUT", `${part}?api-version=${storageApi}`, { properties: {} });
    if (status >= 300) throw new Error(`${part}: ${text}`);
  }
  const { roleDefinitions, roleAssignments } = azure.authorization(platformSubscription);
  const definition = `/subscriptions/${platformSubscription}/providers/Microsoft.Authorization/roleDefinitions/${role.id}`;
  const {
    roleName,
    description,
    permissions,
    assignableScopes = [],
  } = await roleDefinitions.getById(definition.slice(1));
  const [scope = ""] = events.split("/providers/");
  const all = { roleName, description, permissions, assignableScopes: [...assignableScopes, scope] };
  await roleDefinitions.createOrUpdate(scope.slice(1), role.id, all as RoleDefinition);
  await roleAssignments.create(events.slice(1), "00000000-0000-4000-8000-000000000009", {
    roleDefinitionId: definition,
    principalId: appPrincipal,
    principalType: "ServicePrincipal",
    ...(role.condition === undefined ? {} : { condition: role.condition }),
    ...(role.conditionVersion === undefined ? {} : { conditionVersion: role.conditionVersion }),
  });
}

/** What others have in and around the spoke: an interface with NSG and public address of its own, servers, a storage account, a machine that Defender looks after. */
export async function makeSurroundings(azure: LocalAzure) {
  const { group, gateway } = stageIds;
  const client = azure.network();
  const ownGroup = await client.networkSecurityGroups.createOrUpdate(group, "nsg-machine", { location });
  const address = await client.publicIPAddresses.createOrUpdate(group, "pip-machine", {
    location,
    sku: { name: "Standard" },
    publicIPAllocationMethod: "Static",
  });
  await client.networkInterfaces.createOrUpdate(group, "nic-orders-prod", {
    location,
    networkSecurityGroup: { id: ownGroup.id ?? "" },
    ipConfigurations: [
      {
        name: "one",
        publicIPAddress: { id: address.id ?? "" },
        subnet: { id: machineInterface.body.subnetId },
        applicationGatewayBackendAddressPools: [{ id: `${gateway}/backendAddressPools/backend` }],
      },
    ],
  });
  const machine = await makeMachine(azure, "roles", { rules: [inbound("ssh", 300)] });
  const inGroup = (type: string, name: string) => `${machine.group}/providers/${type}/${name}`;
  const solution = `${seedProtection.actionGroup.split("/providers/")[0]}/providers/Microsoft.OperationsManagement/solutions/SecurityInsights(law-platform)`;
  await azure.control("POST", "resources", {
    value: [
      ...bystanders.map((type) => ({ id: inGroup(type, "other"), body: { location, properties: {} } })),
      { id: solution, body: { location, properties: {} } },
      {
        id: inGroup("Microsoft.Storage/storageAccounts", "stroleother"),
        body: { location, kind: "StorageV2", sku: { name: "Standard_LRS" }, properties: {} },
      },
    ],
  });
  const adaptiveRule = {
    name: "web",
    direction: "Inbound" as const,
    destinationPort: 443,
    protocols: ["TCP" as const],
    ipAddresses: ["10.0.0.0/8"],
  };
  await azure.control("POST", "adaptive-network-hardening", {
    enabled: true,
    recommendations: [{ virtualMachineId: machine.id, rules: [adaptiveRule] }],
  });
  const place = `${machine.group}/providers/Microsoft.Security/locations/${location}`;
  const owner = { spoke: "orders", subscriptionId: firstSubscription, now: "2026-01-01T00:00:00.000Z" };
  return {
    machine,
    policy: {
      id: `${place}/jitNetworkAccessPolicies/default`,
      location,
      machines: [
        {
          virtualMachineId: machine.id,
          ports: [{ number: 22, protocol: "Tcp" as const, allowedSources: ["10.0.1.0/26"], longestAccess: "PT3H" }],
        },
      ],
    },
    adaptiveRule: { ...adaptiveRule, protocols: ["Tcp" as const], networkSecurityGroupIds: [machine.nsgId] },
    staticCidr: staticCidrId(seedIpamPool.id, "10.112.0.0/22", owner),
  };
}

export type Surroundings = Awaited<ReturnType<typeof makeSurroundings>>;
