import type { JsonObject } from "../../json.ts";
import type { WriteContext } from "../../world.ts";
import { defined, flagOf, stringsOf, textOf, wordOf } from "../json-value.ts";
import { requireKnownMembers } from "../stored-body.ts";
import { badRequest } from "./gateway-errors.ts";
import { type GatewayPart, type GivenPart, partReference, readParts, requiredReference } from "./gateway-part.ts";
import { shownMembersOf } from "./part-references.ts";

/** Reads the listeners; on one port of one frontend they differ in their host names. */
export function readHttpListeners(context: WriteContext, properties: JsonObject): GatewayPart[] {
  const listeners = readParts(context, properties, "httpListeners", readListener);
  requireDistinct(context, listeners);
  return listeners;
}

function readListener(part: GivenPart): JsonObject {
  const { given, path } = part;
  requireKnownMembers(given, path, {
    modelled: [
      "frontendIPConfiguration",
      "frontendPort",
      "protocol",
      "hostName",
      "hostNames",
      "sslCertificate",
      "requireServerNameIndication",
    ],
    readOnly: shownMembersOf("httpListeners"),
    unmodelled: ["sslProfile", "customErrorConfigurations", "firewallPolicy"],
  });
  const protocol = wordOf(given.protocol, `${path}.protocol`, ["Http", "Https"]);
  const sslCertificate = partReference(part, "sslCertificate");
  if (protocol === "Https" && sslCertificate === undefined) {
    throw badRequest(
      "ApplicationGatewayHttpsListenerMustReferenceSslCert",
      `Https listener ${part.id} must reference an SSL certificate.`,
    );
  }
  if (protocol === "Http" && sslCertificate !== undefined) {
    throw badRequest(
      "ApplicationGatewayHttpListenerCannotReferenceSslCert",
      `Http listener ${part.id} cannot reference an SSL certificate.`,
    );
  }
  const hostName = textOf(given.hostName, `${path}.hostName`);
  const hostNames = stringsOf(given.hostNames, `${path}.hostNames`);
  if (hostName !== undefined && hostNames.length > 0) {
    throw badRequest(
      "ApplicationGatewayHttpListenerHostNamesConflict",
      `Listener ${part.id} can have either a hostName or hostNames, not both.`,
    );
  }
  return defined({
    frontendIPConfiguration: requiredReference(part, "frontendIPConfiguration"),
    frontendPort: requiredReference(part, "frontendPort"),
    protocol,
    hostName,
    hostNames,
    sslCertificate,
    requireServerNameIndication: flagOf(
      given.requireServerNameIndication,
      `${path}.requireServerNameIndication`,
      false,
    ),
  });
}

function requireDistinct(context: WriteContext, listeners: readonly GatewayPart[]): void {
  const seen = new Map<string, string>();
  for (const { id, properties } of listeners) {
    const place = [properties.frontendIPConfiguration, properties.frontendPort].map(
      (one) => (one as { id: string }).id,
    );
    const names = (properties.hostNames as string[]).concat((properties.hostName as string | undefined) ?? []);
    for (const name of names.length > 0 ? names : ["*"]) {
      const key = [...place, name].join(" ").toLowerCase();
      const other = seen.get(key);
      if (other !== undefined) {
        throw badRequest(
          "ApplicationGatewayHttpListenersUsingSameFrontendPort",
          `Two Http Listeners of Application Gateway ${context.id.id} are using the same Frontend Port ${place[1]}: ${other} and ${id}.`,
        );
      }
      seen.set(key, id);
    }
  }
}
