import { isIPv4 } from "node:net";
import type { JsonObject } from "../../json.ts";
import type { WriteContext } from "../../world.ts";
import { defined, flagOf, listOf, objectOf, referenceOf, textOf, wordOf } from "../json-value.ts";
import { requireKnownMembers } from "../stored-body.ts";
import { badRequest } from "./gateway-errors.ts";
import { type GatewayPart, type GivenPart, integerBetween, partReference, partsOf, readParts } from "./gateway-part.ts";
import { shownMembersOf } from "./part-references.ts";

const FQDN = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/i;

/** Reads the backend pools: addresses and names; network interfaces join a pool by their own PUT. */
export function readBackendAddressPools(context: WriteContext, properties: JsonObject): GatewayPart[] {
  return readParts(context, properties, "backendAddressPools", (part) => {
    requireKnownMembers(part.given, part.path, {
      modelled: ["backendAddresses"],
      readOnly: ["backendIPConfigurations", ...shownMembersOf("backendAddressPools")],
    });
    const path = `${part.path}.backendAddresses`;
    return { backendAddresses: listOf(part.given.backendAddresses, path).map((one) => readAddress(part, one, path)) };
  });
}

function readAddress(part: GivenPart, value: unknown, path: string): JsonObject {
  const address = objectOf(value, path);
  requireKnownMembers(address, path, { modelled: ["fqdn", "ipAddress"] });
  const fqdn = textOf(address.fqdn, `${path}.fqdn`);
  const ipAddress = textOf(address.ipAddress, `${path}.ipAddress`);
  const valid =
    ipAddress === undefined ? fqdn !== undefined && FQDN.test(fqdn) : fqdn === undefined && isIPv4(ipAddress);
  if (!valid) {
    throw badRequest(
      "ApplicationGatewayBackendAddressInvalid",
      `Backend address ${ipAddress ?? fqdn ?? ""} of ${part.id} must be either an IPv4 address or a fully qualified domain name.`,
    );
  }
  return defined({ fqdn, ipAddress });
}

/** Reads how the gateway speaks to its backends. */
export function readBackendHttpSettings(context: WriteContext, properties: JsonObject): GatewayPart[] {
  return readParts(context, properties, "backendHttpSettingsCollection", (part) => {
    requireKnownMembers(part.given, part.path, {
      modelled: [
        "port",
        "protocol",
        "cookieBasedAffinity",
        "affinityCookieName",
        "requestTimeout",
        "probe",
        "probeEnabled",
        "trustedRootCertificates",
        "connectionDraining",
        "hostName",
        "pickHostNameFromBackendAddress",
        "path",
      ],
      readOnly: shownMembersOf("backendHttpSettingsCollection"),
      unmodelled: [
        "authenticationCertificates",
        "dedicatedBackendConnection",
        "validateCertChainAndExpiry",
        "validateSNI",
        "sniName",
      ],
    });
    const { given, path } = part;
    return defined({
      port: integerBetween(part, "port", 1, 65_535, 0),
      protocol: wordOf(given.protocol, `${path}.protocol`, ["Http", "Https"]),
      cookieBasedAffinity: wordOf(
        given.cookieBasedAffinity,
        `${path}.cookieBasedAffinity`,
        ["Enabled", "Disabled"],
        "Disabled",
      ),
      affinityCookieName: textOf(given.affinityCookieName, `${path}.affinityCookieName`),
      requestTimeout: integerBetween(part, "requestTimeout", 1, 86_400, 30),
      probe: partReference(part, "probe"),
      probeEnabled: flagOf(given.probeEnabled, `${path}.probeEnabled`, false),
      trustedRootCertificates: readTrust(part),
      connectionDraining: readDraining(part),
      ...readHostName(part),
      path: textOf(given.path, `${path}.path`),
    });
  });
}

function readTrust(part: GivenPart): { id: string }[] | undefined {
  const path = `${part.path}.trustedRootCertificates`;
  const ids = listOf(part.given.trustedRootCertificates, path).flatMap((one) => referenceOf(one, path) ?? []);
  return ids.length > 0 ? ids.map((id) => ({ id })) : undefined;
}

function readDraining(part: GivenPart): JsonObject | undefined {
  if (part.given.connectionDraining === undefined || part.given.connectionDraining === null) return undefined;
  const path = `${part.path}.connectionDraining`;
  const given = objectOf(part.given.connectionDraining, path);
  requireKnownMembers(given, path, { modelled: ["enabled", "drainTimeoutInSec"] });
  return {
    enabled: flagOf(given.enabled, `${path}.enabled`, false),
    drainTimeoutInSec: integerBetween({ given, path, id: part.id }, "drainTimeoutInSec", 1, 3600, 1),
  };
}

function readHostName(part: GivenPart): JsonObject {
  const hostName = textOf(part.given.hostName, `${part.path}.hostName`);
  const path = `${part.path}.pickHostNameFromBackendAddress`;
  const picked = flagOf(part.given.pickHostNameFromBackendAddress, path, false);
  if (picked && hostName !== undefined) {
    throw badRequest(
      "ApplicationGatewayBackendHttpSettingsHostNameFieldConflict",
      `HostName may only be specified if PickHostNameFromBackendAddress is set to false in ${part.id}.`,
    );
  }
  return defined({ hostName, pickHostNameFromBackendAddress: picked });
}

/**
 * Checks settings and their probes against each other: one protocol, and a host name for the probe to pick.
 * @param properties the gateway's, with references that lead to its own parts
 */
export function requireMatchingProbes(properties: JsonObject): void {
  const probes = new Map(partsOf(properties, "probes").map((probe) => [probe.id.toLowerCase(), probe]));
  for (const settings of partsOf(properties, "backendHttpSettingsCollection")) {
    const { protocol, hostName, pickHostNameFromBackendAddress } = settings.properties;
    const named = settings.properties.probe as { id: string } | undefined;
    const probe = named && probes.get(named.id.toLowerCase());
    if (probe === undefined) continue;
    if (probe.properties.protocol !== protocol) {
      throw badRequest(
        "ApplicationGatewayProbeProtocolMustMatchBackendHttpSettingsProtocol",
        `Protocol ${probe.properties.protocol} of probe ${probe.id} does not match protocol ${protocol} of ${settings.id}.`,
      );
    }
    const hasHost = hostName !== undefined || pickHostNameFromBackendAddress === true;
    if (probe.properties.pickHostNameFromBackendHttpSettings === true && !hasHost) {
      throw badRequest(
        "ApplicationGatewayProbeHostInvalid",
        `Probe ${probe.id} picks its host name from ${settings.id}, which has none.`,
      );
    }
  }
}
