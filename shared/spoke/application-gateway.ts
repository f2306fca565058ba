import { RefusedError } from "../domain/errors.ts";
import type { ApplicationGatewaySettings } from "../domain/platform-configuration.ts";
import type { DesiredResource } from "../domain/resource.ts";
import { sameResourceId } from "../domain/resource-id.ts";
import type { SpokeDesign } from "./spoke-design.ts";

/** Azure's built-in role Key Vault Secrets User: certificates are read as secrets. */
const keyVaultSecretsUser = "/providers/Microsoft.Authorization/roleDefinitions/4633458b-17de-408a-b874-0445c86b69e6";

/**
 * What publishes the application (guidance, steps 5 and 6): a zone-redundant Application Gateway v2 with a firewall in
 * prevention mode, HTTPS only, its certificate read from Key Vault by an identity of its own, TLS to the first tier.
 * Nothing where the request publishes nothing.
 * @throws RefusedError `PublishingNotConfigured`, `CertificateVaultUnknown`.
 */
export function applicationGatewayResources(design: SpokeDesign): DesiredResource[] {
  const { application, location } = design.request;
  const { names, tags } = design;
  if (application.hostName === null || application.certificateSecretId === null) return [];
  const settings = design.configuration.applicationGateway;
  if (settings === null) throw publishingNotConfigured();
  const vaultId = vaultOf(settings, application.certificateSecretId);
  const roleOnVault = names.roleAssignmentFor(vaultId, keyVaultSecretsUser, names.gatewayIdentity);
  const common = { ownership: "owned", steps: [6], dependsOn: [names.resourceGroup] } as const;
  return [
    {
      ...common,
      id: names.gatewayIdentity,
      type: "Microsoft.ManagedIdentity/userAssignedIdentities",
      body: { location, tags },
    },
    {
      ...common,
      id: roleOnVault,
      type: "Microsoft.Authorization/roleAssignments",
      dependsOn: [names.gatewayIdentity],
      body: {
        roleDefinitionId: names.inSubscriptionOf(vaultId, keyVaultSecretsUser),
        principalId: names.gatewayIdentity,
        principalType: "ServicePrincipal",
      },
    },
    {
      ...common,
      id: names.gatewayPublicIpAddress,
      type: "Microsoft.Network/publicIPAddresses",
      body: { location, tags, zones: settings.zones },
    },
    {
      ...common,
      id: names.gatewayFirewallPolicy,
      type: "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies",
      body: {
        location,
        tags,
        state: "Enabled",
        mode: "Prevention",
        requestBodyCheck: true,
        managedRuleSets: settings.managedRuleSets,
      },
    },
    {
      ...common,
      id: names.applicationGateway,
      type: "Microsoft.Network/applicationGateways",
      dependsOn: [names.virtualNetwork, names.gatewayPublicIpAddress, names.gatewayFirewallPolicy, roleOnVault],
      body: {
        location,
        tags,
        zones: settings.zones,
        minimumCapacity: settings.minimumCapacity,
        maximumCapacity: settings.maximumCapacity,
        subnetId: names.subnet("gateway"),
        publicIpAddressId: names.gatewayPublicIpAddress,
        userAssignedIdentityId: names.gatewayIdentity,
        firewallPolicyId: names.gatewayFirewallPolicy,
        certificateSecretId: application.certificateSecretId,
        sslPolicyName: settings.sslPolicyName,
        hostName: application.hostName,
        ...backend(design),
        probePath: settings.probePath,
      },
    },
  ];
}

/** The first tier: its load balancer, or the machines that stand in its subnet. */
function backend(design: SpokeDesign): { readonly backendAddresses: readonly string[]; readonly backendPort: number } {
  const [first] = design.request.application.tiers;
  if (first === undefined) return { backendAddresses: [], backendPort: 443 };
  const addresses = first.loadBalanced
    ? [design.addresses.tier(first.name).loadBalancerAddress]
    : design.facts.networkInterfaces
        .filter((nic) => nic.subnetIds.some((id) => sameResourceId(id, design.names.subnet(first.name))))
        .flatMap((nic) => nic.privateIpAddresses);
  return { backendAddresses: addresses.toSorted(), backendPort: first.port };
}

function vaultOf(settings: ApplicationGatewaySettings, certificateSecretId: string): string {
  const { host } = new URL(certificateSecretId);
  const vault = settings.certificateVaults.find(({ vaultUri }) => new URL(vaultUri).host === host);
  if (vault !== undefined) return vault.resourceId;
  throw new RefusedError({
    code: "CertificateVaultUnknown",
    message: `The platform does not publish with certificates from ${host}.`,
    resourceId: null,
    remedy: "Put the certificate into a vault of the platform configuration (applicationGateway.certificateVaults).",
  });
}

function publishingNotConfigured(): RefusedError {
  return new RefusedError({
    code: "PublishingNotConfigured",
    message: "This platform publishes no applications: its configuration has no settings for Application Gateways.",
    resourceId: null,
    remedy: "Leave out hostName and certificateSecretId, or ask the platform team to configure applicationGateway.",
  });
}
