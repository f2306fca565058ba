import type { JsonObject } from "../../json.ts";
import type { ResourceBody } from "../../resource.ts";
import type { WriteContext } from "../../world.ts";
import { defined, flagOf } from "../json-value.ts";
import { requireKnownMembers, resourceGuidOf } from "../stored-body.ts";
import { readBackendAddressPools, readBackendHttpSettings, requireMatchingProbes } from "./gateway-backends.ts";
import { readSslCertificates, readTrustedRootCertificates, requireIdentityForSecrets } from "./gateway-certificates.ts";
import { readFirewallPolicy } from "./gateway-firewall-policy.ts";
import { readFrontendIPConfigurations, readFrontendPorts } from "./gateway-frontends.ts";
import { readHttpListeners } from "./gateway-listeners.ts";
import { readProbes } from "./gateway-probes.ts";
import { readRedirectConfigurations, readRequestRoutingRules } from "./gateway-rules.ts";
import { instancesOf, readSize } from "./gateway-sku.ts";
import { readGatewayIPConfigurations, requireRoom } from "./gateway-subnet.ts";
import { requireReferencedParts } from "./part-references.ts";
import { readSslPolicy } from "./ssl-policy.ts";

const MEMBERS = {
  modelled: [
    "sku",
    "autoscaleConfiguration",
    "sslPolicy",
    "gatewayIPConfigurations",
    "trustedRootCertificates",
    "sslCertificates",
    "frontendIPConfigurations",
    "frontendPorts",
    "probes",
    "backendAddressPools",
    "backendHttpSettingsCollection",
    "httpListeners",
    "requestRoutingRules",
    "redirectConfigurations",
    "firewallPolicy",
    "enableHttp2",
  ],
  readOnly: ["operationalState", "privateEndpointConnections", "defaultPredefinedSslPolicy"],
  unmodelled: [
    "authenticationCertificates",
    "trustedClientCertificates",
    "backendSettingsCollection",
    "listeners",
    "sslProfiles",
    "urlPathMaps",
    "advancedRoutingMaps",
    "advancedRoutingConditionSets",
    "routingRules",
    "rewriteRuleSets",
    "webApplicationFirewallConfiguration",
    "enableFips",
    "reservedCapacity",
    "privateLinkConfigurations",
    "customErrorConfigurations",
    "forceFirewallPolicyAssociation",
    "loadDistributionPolicies",
    "entraJWTValidationConfigs",
    "globalConfiguration",
  ],
};

/**
 * Checks the whole of a gateway and gives its properties back as Azure stores them.
 * @param identity the gateway's identity, already read
 */
export function readGateway(context: WriteContext, body: ResourceBody, identity: JsonObject | undefined): JsonObject {
  const given = body.properties;
  requireKnownMembers(given, "properties", MEMBERS);
  const size = readSize(given, context.id.id);
  const { configurations, subnet } = readGatewayIPConfigurations(context, given);
  const claimed = new Map<string, string>();
  const properties = defined({
    resourceGuid: resourceGuidOf(context.existing),
    operationalState: context.existing?.body.properties.operationalState ?? "Stopped",
    ...size,
    sslPolicy: readSslPolicy(given.sslPolicy, context.id.id),
    gatewayIPConfigurations: configurations,
    sslCertificates: readSslCertificates(context, given),
    trustedRootCertificates: readTrustedRootCertificates(context, given),
    frontendIPConfigurations: readFrontendIPConfigurations(context, given, subnet, claimed),
    frontendPorts: readFrontendPorts(context, given),
    probes: readProbes(context, given),
    backendAddressPools: readBackendAddressPools(context, given),
    backendHttpSettingsCollection: readBackendHttpSettings(context, given),
    httpListeners: readHttpListeners(context, given),
    requestRoutingRules: readRequestRoutingRules(context, given),
    redirectConfigurations: readRedirectConfigurations(context, given),
    firewallPolicy: readFirewallPolicy(context, given, size.sku.tier, body.location),
    enableHttp2: flagOf(given.enableHttp2, "properties.enableHttp2", false),
  });
  requireReferencedParts(properties);
  requireMatchingProbes(properties);
  requireIdentityForSecrets(context, properties, identity);
  requireRoom(context, subnet, instancesOf(properties), claimed);
  return properties;
}
