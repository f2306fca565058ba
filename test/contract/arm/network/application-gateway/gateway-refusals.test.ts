import type { ApplicationGateway, ApplicationGatewayRequestRoutingRule } from "@azure/arm-network";
import { beforeAll, describe, it } from "vitest";
import { expectRefusal, networkId, useNetwork } from "../network-fixture.ts";
import { allowSecrets, gateway, makeSurroundings, part, putGateway } from "./gateway-fixture.ts";

const fixture = useNetwork();
beforeAll(async () => allowSecrets(fixture.azure, await makeSurroundings(fixture)));

type Change = Partial<ApplicationGateway>;
const whole = gateway();
/** The gateway with members of one entry of a collection replaced. */
function changed<K extends keyof ApplicationGateway>(collection: K, index: number, change: object): Change {
  const entries = [...(whole[collection] as object[])];
  entries[index] = { ...entries[index], ...change };
  return { [collection]: entries };
}
const without = (collection: keyof ApplicationGateway): Change => ({ [collection]: [] });
const rule = (change: Partial<ApplicationGatewayRequestRoutingRule>) => changed("requestRoutingRules", 1, change);

describe("an Application Gateway is refused", () => {
  it.each<[string, Change]>([
    ["a listener's frontend", without("frontendIPConfigurations")],
    ["a listener's port", without("frontendPorts")],
    ["a listener's certificate", without("sslCertificates")],
    ["a setting's probe", without("probes")],
    ["a setting's root certificate", without("trustedRootCertificates")],
    ["a rule's listener", without("httpListeners")],
    ["a rule's pool", without("backendAddressPools")],
    ["a rule's settings", without("backendHttpSettingsCollection")],
    ["a rule's redirect", without("redirectConfigurations")],
  ])("without %s", async (_what, change) => {
    const frontend = "frontendIPConfigurations" in change;
    const code = frontend ? "MissingRequiredParameter" : "InvalidResourceReference";
    await expectRefusal(putGateway(fixture, change), 400, code);
  });

  it.each<[string, string, Change]>([
    [
      "with a reference into another gateway",
      "InvalidResourceReference",
      rule({ httpListener: part("httpListeners", "http", "other") }),
    ],
    [
      "without the subnet that it names",
      "InvalidResourceReference",
      changed("gatewayIPConfigurations", 0, { subnet: { id: `${networkId}/virtualNetworks/vnet/subnets/none` } }),
    ],
    [
      "without the public address that it names",
      "InvalidResourceReference",
      changed("frontendIPConfigurations", 0, { publicIPAddress: { id: `${networkId}/publicIPAddresses/none` } }),
    ],
    [
      "without the policy that it names",
      "InvalidResourceReference",
      { firewallPolicy: { id: `${networkId}/ApplicationGatewayWebApplicationFirewallPolicies/none` } },
    ],
    [
      "without a rule's priority",
      "ApplicationGatewayRequestRoutingRulePriorityCannotBeEmpty",
      rule({ priority: undefined }),
    ],
    ["with a priority twice", "ApplicationGatewayRequestRoutingRulesWithSamePriority", rule({ priority: 100 })],
    ["with a priority too high", "ApplicationGatewayPropertyOutOfRange", rule({ priority: 20_001 })],
    [
      "with two rules for a listener",
      "ApplicationGatewayRequestRoutingRulesUsingSameHttpListener",
      rule({ httpListener: part("httpListeners", "https") }),
    ],
    [
      "with a rule that leads nowhere",
      "ApplicationGatewayRequestRoutingRuleTargetInvalid",
      rule({ redirectConfiguration: undefined }),
    ],
    [
      "without a policy on the WAF tier",
      "ApplicationGatewayFirewallNotConfiguredForSelectedSku",
      { firewallPolicy: undefined },
    ],
    [
      "with a policy on the standard tier",
      "ApplicationGatewayFirewallPolicyNotSupportedForSelectedSku",
      { sku: { name: "Standard_v2", tier: "Standard_v2" } },
    ],
    [
      "without a size",
      "ApplicationGatewayV2SkuMustSpecifyEitherCapacityOrAutoscaleConfiguration",
      { autoscaleConfiguration: undefined },
    ],
    ["of version 1", "ApplicationGatewaySkuTierDeprecated", { sku: { name: "Standard_Small", tier: "Standard" } }],
    ["with another tier than sku", "InvalidRequestFormat", { sku: { name: "WAF_v2", tier: "Standard_v2" } }],
    [
      "with bounds upside down",
      "ApplicationGatewayInvalidAutoscaleConfiguration",
      { autoscaleConfiguration: { minCapacity: 5, maxCapacity: 3 } },
    ],
    [
      "with an ended TLS version",
      "ApplicationGatewayDeprecatedTlsVersionUsedInSslPolicy",
      { sslPolicy: { policyType: "Predefined", policyName: "AppGwSslPolicy20170401" } },
    ],
    [
      "with an unknown TLS policy",
      "InvalidRequestFormat",
      { sslPolicy: { policyType: "Predefined", policyName: "AppGwSslPolicy2019" } },
    ],
    [
      "with a TLS policy without cipher suites",
      "ApplicationGatewaySslPolicyInvalid",
      { sslPolicy: { policyType: "Custom", minProtocolVersion: "TLSv1_2" } },
    ],
    [
      "with an HTTPS listener without a certificate",
      "ApplicationGatewayHttpsListenerMustReferenceSslCert",
      changed("httpListeners", 0, { sslCertificate: undefined }),
    ],
    [
      "with two listeners in one place",
      "ApplicationGatewayHttpListenersUsingSameFrontendPort",
      changed("httpListeners", 1, {
        frontendPort: part("frontendPorts", "https"),
        hostName: "www.example.com",
      }),
    ],
    ["with one port twice", "ApplicationGatewayFrontendPortInvalid", changed("frontendPorts", 1, { port: 443 })],
    [
      "with a port of the platform",
      "ApplicationGatewayPropertyOutOfRange",
      changed("frontendPorts", 1, { port: 65_200 }),
    ],
    ["with a name twice", "DuplicateResourceName", changed("frontendPorts", 1, { name: "HTTPS" })],
    [
      "with a probe of another protocol",
      "ApplicationGatewayProbeProtocolMustMatchBackendHttpSettingsProtocol",
      changed("probes", 0, { protocol: "Http" }),
    ],
    [
      "with a probe that has no host",
      "ApplicationGatewayProbeHostInvalid",
      changed("backendHttpSettingsCollection", 0, { hostName: undefined }),
    ],
    [
      "with a backend that is no address",
      "ApplicationGatewayBackendAddressInvalid",
      changed("backendAddressPools", 0, { backendAddresses: [{ ipAddress: "web.example" }] }),
    ],
    [
      "without an identity for its certificate",
      "ApplicationGatewayKeyVaultSecretRequiresUserAssignedIdentity",
      { identity: undefined },
    ],
    [
      "with a certificate from elsewhere",
      "ApplicationGatewayKeyVaultSecretIdInvalid",
      changed("sslCertificates", 0, { keyVaultSecretId: "https://example.com/www.pfx" }),
    ],
    [
      "with an identity that does not stand",
      "FailedIdentityOperation",
      {
        identity: {
          type: "UserAssigned",
          userAssignedIdentities: {
            [networkId.replace("Microsoft.Network", "Microsoft.ManagedIdentity/userAssignedIdentities/none")]: {},
          },
        },
      },
    ],
    [
      "without a public frontend in a subnet of its own kind",
      "ApplicationGatewayNetworkIsolationRequiresSubnetDelegation",
      {
        frontendIPConfigurations: [
          {
            name: "public",
            privateIPAllocationMethod: "Static",
            privateIPAddress: "10.0.0.10",
            subnet: { id: `${networkId}/virtualNetworks/vnet/subnets/gateway` },
          },
        ],
      },
    ],
  ])("%s", async (_what, code, change) => {
    await expectRefusal(putGateway(fixture, change), 400, code);
  });
});

describe("a standing Application Gateway", () => {
  it("keeps a policy and its zones, and may change its tier and size", async () => {
    await putGateway(fixture);
    await expectRefusal(
      putGateway(fixture, { firewallPolicy: undefined }),
      400,
      "ApplicationGatewayFirewallPolicyCannotBeRemoved",
    );
    await expectRefusal(putGateway(fixture, { zones: ["1"] }), 400, "ResourceAvailabilityZonesCannotBeModified");
    const standard: Change = {
      sku: { name: "Standard_v2", tier: "Standard_v2", capacity: 2 },
      autoscaleConfiguration: undefined,
      firewallPolicy: undefined,
    };
    await putGateway(fixture, standard);
    await fixture.client.webApplicationFirewallPolicies.delete("rg-network", "waf");
  });
});
