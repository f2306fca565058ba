import * as z from "zod";
import { guid, lineOfText, listOf, locationName, port } from "./field-schemas.ts";
import { spokeNamePattern } from "./spoke-name.ts";

/** Lengths that the lists of a request may have; they keep the rules within an NSG's priority ranges. */
export const tierLimit = { minimum: 1, maximum: 12 };
export const accessLimit = { minimum: 0, maximum: 64 };
export const tierReferenceLimit = { minimum: 1, maximum: 12 };

const tierNamePattern = /^[a-z][a-z0-9]{0,14}$/;
const hostNamePattern =
  /^(?=.{1,253}$)(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;
// Vault names: 3–24 letters, digits and single hyphens; secret names: 1–127 letters, digits and hyphens; versions: 32
// hex digits (Azure Key Vault, "About keys, secrets and certificates"). Which
// suffix the cloud has is a rule of its own.
const certificateSecretPattern =
  /^https:\/\/[A-Za-z](?:-?[A-Za-z0-9]){2,23}(?:\.[a-z0-9-]+){2,}\/secrets\/[A-Za-z0-9-]{1,127}(?:\/[0-9a-f]{32})?$/;

/** A name that stands for a tier. */
export const tierName = z
  .string()
  .regex(tierNamePattern, "Must begin with a lower-case letter and hold at most 15 lower-case letters and digits.");

const protocol = z.enum(["Tcp", "Udp"]).default("Tcp");
// Azure allows 140 characters in the description of a security rule.
const description = lineOfText(140).default("");
const tierNames = listOf(tierName, tierReferenceLimit.minimum, tierReferenceLimit.maximum);

export const tierFields = {
  name: tierName,
  port: port.meta({ description: "TCP port on which the tier serves the tier before it." }),
  loadBalanced: z.boolean().default(false),
  replicates: z.boolean().default(false).meta({ description: "Its machines talk to one another on the same port." }),
};

export const flowFields = { from: tierName, to: tierName, port, protocol, description };

export const managementAccessFields = {
  from: z.string().meta({ description: "Canonical IPv4 prefix inside the platform's management prefixes." }),
  to: tierNames,
  port,
  protocol,
  description,
};

export const outboundAccessFields = {
  from: tierNames,
  to: z
    .string()
    .toLowerCase()
    .meta({ description: "IPv4 address, canonical IPv4 prefix, or host name (TCP, behind a firewall only)." }),
  port,
  protocol,
  description,
};

export const applicationFields = {
  clientId: guid.nullable().default(null),
  hostName: z
    .string()
    .regex(hostNamePattern, "Must be a host name of at least two labels, like orders.contoso.com.")
    .toLowerCase()
    .nullable()
    .default(null),
  certificateSecretId: z
    .string()
    .regex(
      certificateSecretPattern,
      "Must be the https URL of a Key Vault secret, like https://kv-platform.vault.azure.net/secrets/orders.",
    )
    .nullable()
    .default(null),
};

export const spokeFields = {
  name: z
    .string()
    .regex(
      spokeNamePattern,
      "Must hold 3 to 40 lower-case letters, digits and hyphens, begin with a letter and not end with a hyphen.",
    ),
  subscriptionId: guid,
  location: locationName,
  topology: z.enum(["hub-spoke", "standalone"]).optional(),
  addressPrefix: z
    .string()
    .nullable()
    .default(null)
    .meta({ description: "Canonical RFC 1918 prefix, /16 to /24; absent: allocated from the platform's pool." }),
  networkManagersGroupId: guid,
  outbound: z.enum(["deny-all", "deny-virtual-network", "allow-all"]).default("deny-all"),
};

const { outbound, ...placement } = spokeFields;

/** Shape of the body of `POST /spokes`; the rules across fields stand in spoke-request-rules/. */
export const spokeRequestSchema = z.strictObject({
  ...placement,
  application: z.strictObject({
    ...applicationFields,
    tiers: listOf(z.strictObject(tierFields), tierLimit.minimum, tierLimit.maximum),
    flows: listOf(z.strictObject(flowFields), accessLimit.minimum, accessLimit.maximum).default([]),
  }),
  managementAccess: listOf(z.strictObject(managementAccessFields), accessLimit.minimum, accessLimit.maximum).default(
    [],
  ),
  outboundAccess: listOf(z.strictObject(outboundAccessFields), accessLimit.minimum, accessLimit.maximum).default([]),
  outbound,
  tags: z.record(z.string(), lineOfText(256)).default({}),
});
