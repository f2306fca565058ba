import type { ApplicationGateway, SubResource } from "@azure/arm-network";
import type { DesiredResource, ResourceBodies } from "../domain/resource.ts";
import { gatewayParts } from "./application-gateway-parts.ts";
import { isSame } from "./arm-id.ts";
import { partNamed } from "./named-parts.ts";
import { inOrderOf, normalLocation } from "./normal-form.ts";
import { normalTags } from "./tags.ts";

type Type = "Microsoft.Network/applicationGateways";
type Body = ResourceBodies[Type];

/**
 * What an Application Gateway does for our application. A value stands only where everything stands that makes it work:
 * a host name without its HTTPS listener, or a port without TLS, is told as "" and 0.
 */
export function gatewayBody(native: ApplicationGateway, { body }: DesiredResource<Type>): Body {
  const frontend = partNamed(native.frontendIPConfigurations, gatewayParts.frontend);
  return {
    location: normalLocation(native.location),
    tags: normalTags(native.tags, body.tags),
    // Where no zones are asked for, Azure chooses them.
    zones: body.zones.length > 0 ? inOrderOf(body.zones, native.zones ?? []) : [],
    minimumCapacity: native.autoscaleConfiguration?.minCapacity ?? 0,
    maximumCapacity: native.autoscaleConfiguration?.maxCapacity ?? 0,
    subnetId: native.gatewayIPConfigurations?.[0]?.subnet?.id ?? "",
    publicIpAddressId: frontend?.publicIPAddress?.id ?? "",
    userAssignedIdentityId: Object.keys(native.identity?.userAssignedIdentities ?? {})[0] ?? "",
    // A gateway of another tier applies no firewall.
    firewallPolicyId: native.sku?.tier === "WAF_v2" ? (native.firewallPolicy?.id ?? "") : "",
    certificateSecretId: secretIdOf(native, body.certificateSecretId),
    sslPolicyName: (native.sslPolicy?.policyType === "Predefined" && native.sslPolicy.policyName) || "",
    hostName: publishedHostName(native),
    backendAddresses: inOrderOf(body.backendAddresses, backendAddresses(native)),
    backendPort: backendPort(native, body.hostName),
    probePath: probePath(native),
  };
}

/** Azure ends a secret's id without a version with a slash. */
function secretIdOf(native: ApplicationGateway, desired: string): string {
  const standing = partNamed(native.sslCertificates, gatewayParts.certificate)?.keyVaultSecretId ?? "";
  return isSame(standing.replace(/\/$/, ""), desired.replace(/\/$/, "")) ? desired : standing;
}

function publishedHostName(native: ApplicationGateway): string {
  const listener = partNamed(native.httpListeners, gatewayParts.listener);
  const port = partNamed(native.frontendPorts, gatewayParts.port);
  const rule = partNamed(native.requestRoutingRules, gatewayParts.rule);
  const works =
    listener?.protocol === "Https" &&
    listener.requireServerNameIndication === true &&
    leadsTo(listener.frontendIPConfiguration, gatewayParts.frontend) &&
    leadsTo(listener.frontendPort, gatewayParts.port) &&
    leadsTo(listener.sslCertificate, gatewayParts.certificate) &&
    port?.port === 443 &&
    leadsTo(rule?.httpListener, gatewayParts.listener) &&
    leadsTo(rule?.backendAddressPool, gatewayParts.pool) &&
    leadsTo(rule?.backendHttpSettings, gatewayParts.settings);
  return works ? (listener.hostName ?? "") : "";
}

function backendPort(native: ApplicationGateway, hostName: string): number {
  const settings = partNamed(native.backendHttpSettingsCollection, gatewayParts.settings);
  const works =
    settings?.protocol === "Https" &&
    isSame(settings.hostName, hostName) &&
    leadsTo(settings.probe, gatewayParts.probe);
  return works ? (settings.port ?? 0) : 0;
}

function probePath(native: ApplicationGateway): string {
  const probe = partNamed(native.probes, gatewayParts.probe);
  const works = probe?.protocol === "Https" && probe.pickHostNameFromBackendHttpSettings === true;
  return works ? (probe.path ?? "") : "";
}

function backendAddresses(native: ApplicationGateway): string[] {
  const pool = partNamed(native.backendAddressPools, gatewayParts.pool);
  return (pool?.backendAddresses ?? []).flatMap(({ ipAddress, fqdn }) => ipAddress ?? fqdn ?? []);
}

function leadsTo(reference: SubResource | undefined, part: string): boolean {
  return isSame(reference?.id?.split("/").at(-1), part);
}
