import type { ApplicationGateway } from "@azure/arm-network";
import type { DesiredResource } from "../domain/resource.ts";
import { gatewayBody } from "./application-gateway-body.ts";
import { gatewayParts, type PartId } from "./application-gateway-parts.ts";
import type { AzureClients } from "./clients.ts";
import { partNamed, withPart } from "./named-parts.ts";
import { networkResourcePort } from "./network-resource.ts";
import type { ResourcePort } from "./ports.ts";
import { mergedTags } from "./tags.ts";

type Type = "Microsoft.Network/applicationGateways";

/**
 * A WAF_v2 gateway that publishes one application over HTTPS and speaks TLS to its backend. Listeners, rules, pools,
 * probes and certificates of other names belong to others and are preserved.
 */
export function applicationGatewayPort(clients: AzureClients): ResourcePort<Type> {
  return networkResourcePort<Type, ApplicationGateway>(clients, (client) => client.applicationGateways, {
    type: "Microsoft.Network/applicationGateways",
    toBody: gatewayBody,
    toNative,
  });
}

function toNative(desired: DesiredResource<Type>, standing: ApplicationGateway | null): ApplicationGateway {
  const { body } = desired;
  const part: PartId = (collection, name) => ({ id: `${desired.id}/${collection}/${name}` });
  return {
    ...standing,
    location: body.location,
    tags: mergedTags(standing?.tags, body.tags),
    zones: body.zones.length > 0 ? [...body.zones] : standing?.zones,
    // Azure lets a gateway have one identity, which reads all its certificates.
    identity: { type: "UserAssigned", userAssignedIdentities: { [body.userAssignedIdentityId]: {} } },
    // Without a capacity: Azure takes either a fixed one or bounds.
    sku: { name: "WAF_v2", tier: "WAF_v2" },
    autoscaleConfiguration: { minCapacity: body.minimumCapacity, maxCapacity: body.maximumCapacity },
    firewallPolicy: { id: body.firewallPolicyId },
    sslPolicy: { policyType: "Predefined", policyName: body.sslPolicyName },
    enableHttp2: true,
    ...publicSide(desired, standing, part),
    ...backendSide(desired, standing, part),
    requestRoutingRules: withPart(standing?.requestRoutingRules, {
      name: gatewayParts.rule,
      ruleType: "Basic",
      priority: partNamed(standing?.requestRoutingRules, gatewayParts.rule)?.priority ?? 100,
      httpListener: part("httpListeners", gatewayParts.listener),
      backendAddressPool: part("backendAddressPools", gatewayParts.pool),
      backendHttpSettings: part("backendHttpSettingsCollection", gatewayParts.settings),
      redirectConfiguration: undefined,
    }),
  };
}

function publicSide({ body }: DesiredResource<Type>, standing: ApplicationGateway | null, part: PartId) {
  // A gateway has one subnet, under whatever name.
  const [placed] = standing?.gatewayIPConfigurations ?? [];
  return {
    gatewayIPConfigurations: [{ name: gatewayParts.placement, ...placed, subnet: { id: body.subnetId } }],
    frontendIPConfigurations: withPart(standing?.frontendIPConfigurations, {
      name: gatewayParts.frontend,
      publicIPAddress: { id: body.publicIpAddressId },
    }),
    frontendPorts: withPart(standing?.frontendPorts, { name: gatewayParts.port, port: 443 }),
    sslCertificates: withPart(standing?.sslCertificates, {
      name: gatewayParts.certificate,
      keyVaultSecretId: body.certificateSecretId,
    }),
    httpListeners: withPart(standing?.httpListeners, {
      name: gatewayParts.listener,
      protocol: "Https",
      frontendIPConfiguration: part("frontendIPConfigurations", gatewayParts.frontend),
      frontendPort: part("frontendPorts", gatewayParts.port),
      sslCertificate: part("sslCertificates", gatewayParts.certificate),
      hostName: body.hostName,
      hostNames: [],
      requireServerNameIndication: true,
    }),
  };
}

function backendSide({ body }: DesiredResource<Type>, standing: ApplicationGateway | null, part: PartId) {
  return {
    backendAddressPools: withPart(standing?.backendAddressPools, {
      name: gatewayParts.pool,
      backendAddresses: body.backendAddresses.map((address) =>
        /^\d+(\.\d+){3}$/.test(address) ? { ipAddress: address } : { fqdn: address },
      ),
    }),
    probes: withPart(standing?.probes, {
      name: gatewayParts.probe,
      protocol: "Https",
      path: body.probePath,
      host: undefined,
      pickHostNameFromBackendHttpSettings: true,
      interval: 30,
      timeout: 30,
      unhealthyThreshold: 3,
      match: { statusCodes: ["200-399"] },
    }),
    backendHttpSettingsCollection: withPart(standing?.backendHttpSettingsCollection, {
      name: gatewayParts.settings,
      protocol: "Https",
      port: body.backendPort,
      hostName: body.hostName,
      pickHostNameFromBackendAddress: false,
      cookieBasedAffinity: "Disabled",
      requestTimeout: 30,
      probe: part("probes", gatewayParts.probe),
    }),
  };
}
