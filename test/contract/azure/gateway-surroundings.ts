import { randomUUID } from "node:crypto";
import { seedProtection } from "../../../local/arm/seed/seed-protection.ts";
import type { AzurePorts } from "../../../shared/azure/ports.ts";
import type { ResourceBodies, SecurityRuleBody } from "../../../shared/domain/resource.ts";
import { firstSubscription, type LocalAzure } from "../arm/local-azure.ts";
import { location, make, networkId, newResourceGroup, tags } from "./ports-under-test.ts";

/** Built-in role Key Vault Secrets User. */
const secretsUser = "4633458b-17de-408a-b874-0445c86b69e6";

/** A gateway as it shall stand, and where; everything that it refers to stands. */
export interface GatewaySurroundings {
  readonly group: string;
  readonly name: string;
  readonly id: string;
  readonly body: ResourceBodies["Microsoft.Network/applicationGateways"];
}

/** Makes a network with a gateway subnet, an address, a firewall policy, and an identity that reads the vault. */
export async function makeGatewaySurroundings(azure: LocalAzure, ports: AzurePorts): Promise<GatewaySurroundings> {
  const group = await newResourceGroup(ports);
  const networkSecurityGroupId = await make(
    ports,
    "Microsoft.Network/networkSecurityGroups",
    networkId(group, "networkSecurityGroups", "nsg-gateway"),
    { location, tags, securityRules: gatewayRules },
  );
  const network = networkId(group, "virtualNetworks", "vnet");
  await make(ports, "Microsoft.Network/virtualNetworks", network, {
    location,
    tags,
    addressPrefixes: ["10.40.0.0/22"],
    dnsServers: [],
    subnets: [
      {
        name: "snet-gateway",
        addressPrefix: "10.40.3.0/24",
        networkSecurityGroupId,
        routeTableId: null,
        natGatewayId: null,
        defaultOutboundAccess: false,
        privateEndpointNetworkPolicies: "Enabled",
      },
    ],
  });
  const publicIpAddressId = await make(
    ports,
    "Microsoft.Network/publicIPAddresses",
    networkId(group, "publicIPAddresses", "pip-agw"),
    { location, tags, zones: ["1", "2", "3"] },
  );
  const firewallPolicyId = await make(
    ports,
    "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies",
    networkId(group, "ApplicationGatewayWebApplicationFirewallPolicies", "waf"),
    {
      location,
      tags,
      state: "Enabled",
      mode: "Prevention",
      requestBodyCheck: true,
      managedRuleSets: ["Microsoft_DefaultRuleSet 2.2"],
    },
  );
  const userAssignedIdentityId = await identityWithSecrets(azure, ports, group);
  return {
    group,
    name: "agw-orders",
    id: networkId(group, "applicationGateways", "agw-orders"),
    body: {
      location,
      tags,
      zones: ["1", "2", "3"],
      minimumCapacity: 0,
      maximumCapacity: 10,
      subnetId: `${network}/subnets/snet-gateway`,
      publicIpAddressId,
      userAssignedIdentityId,
      firewallPolicyId,
      certificateSecretId: "https://kv-platform.vault.azure.net/secrets/orders",
      sslPolicyName: "AppGwSslPolicy20220101",
      hostName: "orders.contoso.com",
      backendAddresses: ["10.40.0.4"],
      backendPort: 443,
      probePath: "/healthz",
    },
  };
}

async function identityWithSecrets(azure: LocalAzure, ports: AzurePorts, group: string): Promise<string> {
  const type = "Microsoft.ManagedIdentity/userAssignedIdentities";
  const id = `/subscriptions/${firstSubscription}/resourceGroups/${group}/providers/${type}/id-agw`;
  await make(ports, type, id, { location, tags });
  const { principalId } = await azure.identities().userAssignedIdentities.get(group, "id-agw");
  const role = `/providers/Microsoft.Authorization/roleDefinitions/${secretsUser}`;
  await make(
    ports,
    "Microsoft.Authorization/roleAssignments",
    `${seedProtection.vault}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`,
    { roleDefinitionId: role, principalId: principalId ?? "", principalType: "ServicePrincipal" },
  );
  return id;
}

/** The rules without which Azure refuses the security group of a gateway's subnet (traps 15 and 16). */
const gatewayRules: readonly SecurityRuleBody[] = [
  inbound("Allow-GatewayManager", 100, "GatewayManager", "65200-65535"),
  inbound("Allow-Probe-to-Gateway", 110, "AzureLoadBalancer", "*"),
  inbound("Allow-Internet-to-Gateway", 120, "Internet", "443"),
];

function inbound(name: string, priority: number, source: string, port: string): SecurityRuleBody {
  return {
    name,
    description: "",
    priority,
    direction: "Inbound",
    access: "Allow",
    protocol: "*",
    sourceAddressPrefixes: [source],
    sourceApplicationSecurityGroupIds: [],
    sourcePortRanges: ["*"],
    destinationAddressPrefixes: ["*"],
    destinationApplicationSecurityGroupIds: [],
    destinationPortRanges: [port],
  };
}
