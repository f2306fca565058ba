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

const protocol = z.enum(["Tcp", "Udp"]).default("Tcp").describe("Protocol; Tcp where absent.");
// Azure allows 140 characters in the description of a security rule.
const description = lineOfText(140)
  .default("")
  .describe("What it is for; becomes the description of the security rule.");
const tierNames = listOf(tierName, tierReferenceLimit.minimum, tierReferenceLimit.maximum);
const destinationPort = port.describe("Destination port.");

export const tierFields = {
  name: tierName.describe("Name of the tier; names its subnet, NSG and ASG. Not gateway, not plan."),
  port: port.meta({ description: "TCP port on which the tier serves the tier before it." }),
  loadBalanced: z.boolean().default(false).describe("It is reached through an internal load balancer."),
  replicates: z.boolean().default(false).meta({ description: "Its machines talk to one another on the same port." }),
};

export const flowFields = {
  from: tierName.describe("Tier that calls."),
  to: tierName.describe("Tier that is called."),
  port: destinationPort,
  protocol,
  description,
};

export const managementAccessFields = {
  from: z.string().meta({ description: "Canonical IPv4 prefix inside the platform's management prefixes." }),
  to: tierNames.meta({ description: "Tiers that are managed." }),
  port: destinationPort,
  protocol,
  description,
};

export const outboundAccessFields = {
  from: tierNames.meta({ description: "Tiers that call." }),
  to: z
    .string()
    .toLowerCase()
    .meta({ description: "IPv4 address, canonical IPv4 prefix, or host name (TCP, behind a firewall only)." }),
  port: destinationPort,
  protocol,
  description,
};

export const applicationFields = {
  clientId: guid
    .nullable()
    .default(null)
    .describe("Application (client) id in Microsoft Entra whose multi-factor policy is verified; absent: a finding."),
  hostName: z
    .string()
    .regex(hostNamePattern, "Must be a host name of at least two labels, like orders.contoso.com.")
    .toLowerCase()
    .nullable()
    .default(null)
    .describe("Host name under which an Application Gateway publishes it; only together with certificateSecretId."),
  certificateSecretId: z
    .string()
    .regex(
      certificateSecretPattern,
      "Must be the https URL of a Key Vault secret, like https://kv-platform.vault.azure.net/secrets/orders.",
    )
    .nullable()
    .default(null)
    .describe("Key Vault secret of the gateway's certificate; only together with hostName."),
};

export const spokeFields = {
  name: z
    .string()
    .regex(
      spokeNamePattern,
      "Must hold 3 to 40 lower-case letters, digits and hyphens, begin with a letter and not end with a hyphen.",
    )
    .describe("Name of the spoke; names its resources and cannot change."),
  subscriptionId: guid.describe("Subscription in which it shall stand; cannot change."),
  location: locationName.describe("Azure region in which it shall stand; cannot change."),
  topology: z
    .enum(["hub-spoke", "standalone"])
    .optional()
    .describe("Absent: hub-spoke where the platform has a hub in the location; cannot change."),
  addressPrefix: z
    .string()
    .nullable()
    .default(null)
    .meta({ description: "Canonical RFC 1918 prefix, /16 to /24; absent: allocated from the platform's pool." }),
  networkManagersGroupId: guid.describe("Object id of the security group that may manage the network."),
  outbound: z
    .enum(["deny-all", "deny-virtual-network", "allow-all"])
    .default("deny-all")
    .describe("What may leave beside what is named; all but deny-all only behind the hub's firewall."),
};

const { outbound, ...placement } = spokeFields;

/** Shape of the body of `POST /spokes`; the rules across fields stand in spoke-request-rules/. */
export const spokeRequestSchema = z.strictObject({
  ...placement,
  application: z
    .strictObject({
      ...applicationFields,
      tiers: listOf(z.strictObject(tierFields), tierLimit.minimum, tierLimit.maximum).meta({
        description: "Tiers in the order of the traffic: each calls the next, on the next one's port.",
      }),
      flows: listOf(z.strictObject(flowFields), accessLimit.minimum, accessLimit.maximum)
        .default([])
        .describe("Flows between tiers beyond that order."),
    })
    .describe("The application that shall live in the spoke."),
  managementAccess: listOf(z.strictObject(managementAccessFields), accessLimit.minimum, accessLimit.maximum)
    .default([])
    .describe("Who may manage the machines, from where."),
  outboundAccess: listOf(z.strictObject(outboundAccessFields), accessLimit.minimum, accessLimit.maximum)
    .default([])
    .describe("What the tiers may call outside the spoke."),
  outbound,
  tags: z
    .record(z.string(), lineOfText(256))
    .default({})
    .describe("Tags for every resource that takes tags; at most 49."),
});
