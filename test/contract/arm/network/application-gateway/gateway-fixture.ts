import { randomUUID } from "node:crypto";
import type { ApplicationGateway, SecurityRule, WebApplicationFirewallPolicy } from "@azure/arm-network";
import type { LocalAzure } from "../../local-azure.ts";
import { firstSubscription } from "../../local-azure.ts";
import { group, location, type NetworkFixture, networkId, rule, subnetId } from "../network-fixture.ts";

export const gatewayName = "agw";
export const gatewayId = `${networkId}/applicationGateways/${gatewayName}`;
export const policyId = `${networkId}/ApplicationGatewayWebApplicationFirewallPolicies/waf`;
export const scope = `/subscriptions/${firstSubscription}/resourceGroups/${group}`;
export const identityId = `${scope}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-agw`;
export const vaultId = `${scope}/providers/Microsoft.KeyVault/vaults/kv-agw`;
export const secretId = "https://kv-agw.vault.azure.net/secrets/www";
/** Built-in role Key Vault Secrets User. */
const secretsUser = "4633458b-17de-408a-b874-0445c86b69e6";

/** The ID of a part of the fixture's gateway, as a reference. */
export const part = (kind: string, name: string, gateway = gatewayName) => ({
  id: `${networkId}/applicationGateways/${gateway}/${kind}/${name}`,
});

/** A policy as the product asks for it. */
export const preventing: WebApplicationFirewallPolicy = {
  location,
  policySettings: { state: "Enabled", mode: "Prevention" },
  managedRules: { managedRuleSets: [{ ruleSetType: "Microsoft_DefaultRuleSet", ruleSetVersion: "2.2" }] },
};

/** The inbound rules without which Azure refuses a security group on the subnet of a gateway. */
export const gatewayRules: SecurityRule[] = [
  rule("AllowGatewayManager", 100, { sourceAddressPrefix: "GatewayManager", destinationPortRange: "65200-65535" }),
  rule("AllowAzureLoadBalancer", 110, {
    protocol: "*",
    sourceAddressPrefix: "AzureLoadBalancer",
    destinationPortRange: "*",
  }),
  rule("AllowHttps", 120, { sourceAddressPrefix: "Internet" }),
  rule("DenyAllInbound", 4096, { protocol: "*", access: "Deny", destinationPortRange: "*" }),
];

/** A zone-redundant WAF_v2 gateway with end-to-end TLS and a redirect of port 80; the members given replace its own. */
export function gateway(change: Partial<ApplicationGateway> = {}, name = gatewayName): ApplicationGateway {
  const own = (kind: string, what: string) => part(kind, what, name);
  return {
    location,
    zones: ["1", "2", "3"],
    identity: { type: "UserAssigned", userAssignedIdentities: { [identityId]: {} } },
    sku: { name: "WAF_v2", tier: "WAF_v2" },
    autoscaleConfiguration: { minCapacity: 0, maxCapacity: 10 },
    firewallPolicy: { id: policyId },
    sslPolicy: { policyType: "Predefined", policyName: "AppGwSslPolicy20220101S" },
    enableHttp2: true,
    gatewayIPConfigurations: [{ name: "ip", subnet: { id: subnetId("vnet", "gateway") } }],
    frontendIPConfigurations: [{ name: "public", publicIPAddress: { id: `${networkId}/publicIPAddresses/pip` } }],
    frontendPorts: [
      { name: "https", port: 443 },
      { name: "http", port: 80 },
    ],
    sslCertificates: [{ name: "www", keyVaultSecretId: secretId }],
    trustedRootCertificates: [{ name: "root", data: "TUlJ" }],
    backendAddressPools: [
      { name: "web", backendAddresses: [{ ipAddress: "10.0.1.4" }, { fqdn: "web.internal.example" }] },
    ],
    probes: [
      {
        name: "health",
        protocol: "Https",
        path: "/health",
        pickHostNameFromBackendHttpSettings: true,
        match: { statusCodes: ["200-299"] },
      },
    ],
    backendHttpSettingsCollection: [
      {
        name: "tls",
        port: 443,
        protocol: "Https",
        hostName: "web.internal.example",
        probe: own("probes", "health"),
        trustedRootCertificates: [own("trustedRootCertificates", "root")],
      },
    ],
    httpListeners: [
      {
        name: "https",
        protocol: "Https",
        frontendIPConfiguration: own("frontendIPConfigurations", "public"),
        frontendPort: own("frontendPorts", "https"),
        sslCertificate: own("sslCertificates", "www"),
        hostNames: ["www.example.com"],
      },
      {
        name: "http",
        protocol: "Http",
        frontendIPConfiguration: own("frontendIPConfigurations", "public"),
        frontendPort: own("frontendPorts", "http"),
      },
    ],
    redirectConfigurations: [
      { name: "to-https", redirectType: "Permanent", targetListener: own("httpListeners", "https") },
    ],
    requestRoutingRules: [
      {
        name: "web",
        ruleType: "Basic",
        priority: 100,
        httpListener: own("httpListeners", "https"),
        backendAddressPool: own("backendAddressPools", "web"),
        backendHttpSettings: own("backendHttpSettingsCollection", "tls"),
      },
      {
        name: "redirect",
        ruleType: "Basic",
        priority: 200,
        httpListener: own("httpListeners", "http"),
        redirectConfiguration: own("redirectConfigurations", "to-https"),
      },
    ],
    ...change,
  };
}

/** Creates the gateway or changes it to what is given, and waits. */
export function putGateway(
  { client }: NetworkFixture,
  change: Partial<ApplicationGateway> = {},
  name = gatewayName,
): PromiseLike<ApplicationGateway> {
  return client.applicationGateways.createOrUpdate(group, name, gateway(change, name));
}

/** Makes an address for a gateway; gives its ID. */
export async function makePublicAddress({ client }: NetworkFixture, name: string): Promise<string> {
  const address = await client.publicIPAddresses.createOrUpdate(group, name, {
    location,
    sku: { name: "Standard" },
    publicIPAllocationMethod: "Static",
  });
  return address.id ?? "";
}

/** Makes everything that the gateway refers to; gives the object id of its identity. */
export async function makeSurroundings(fixture: NetworkFixture): Promise<string> {
  const { client, azure } = fixture;
  const nsg = await client.networkSecurityGroups.createOrUpdate(group, "nsg-gateway", {
    location,
    securityRules: gatewayRules,
  });
  await client.virtualNetworks.createOrUpdate(group, "vnet", {
    location,
    addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
    subnets: [
      { name: "gateway", addressPrefix: "10.0.0.0/24", networkSecurityGroup: { id: nsg.id ?? "" } },
      { name: "web", addressPrefix: "10.0.1.0/24" },
    ],
  });
  await makePublicAddress(fixture, "pip");
  await client.webApplicationFirewallPolicies.createOrUpdate(group, "waf", preventing);
  const identity = await azure.identities().userAssignedIdentities.createOrUpdate(group, "id-agw", { location });
  await putVault(azure, { tenantId: identity.tenantId, enableRbacAuthorization: true });
  return String(identity.principalId);
}

/** Writes the vault of the gateway's certificate. */
export async function putVault(azure: LocalAzure, properties: object, id = vaultId): Promise<void> {
  const answer = await azure.request("PUT", `${id}?api-version=2023-07-01`, {
    location,
    properties: { sku: { family: "A", name: "standard" }, ...properties },
  });
  if (answer.status >= 300) throw new Error(answer.text);
}

/** Lets a principal read the secrets of the vault. */
export async function allowSecrets(azure: LocalAzure, principalId: string, at = vaultId): Promise<void> {
  const id = `${at}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}?api-version=2022-04-01`;
  const answer = await azure.request("PUT", id, {
    properties: {
      roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${secretsUser}`,
      principalId,
      principalType: "ServicePrincipal",
    },
  });
  if (answer.status !== 201) throw new Error(answer.text);
}
