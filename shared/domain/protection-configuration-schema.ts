import * as z from "zod";
import { guid, lineOfText, locationName, resourceGroupName } from "./field-schemas.ts";
import { resourceIdOf } from "./resource-id-schema.ts";

// Application Gateway v2 scales between 0 and 125 instances ("Scaling and zone-redundant Application Gateway v2").
const capacity = z.int().min(0).max(125);

/** Predefined TLS policies of Application Gateway that admit nothing below TLS 1.2 ("TLS policy overview"). */
const tlsPolicies = ["AppGwSslPolicy20170401S", "AppGwSslPolicy20220101", "AppGwSslPolicy20220101S"] as const;

export const applicationGatewaySchema = z.strictObject({
  minimumCapacity: capacity,
  maximumCapacity: capacity.min(2),
  zones: z.array(z.enum(["1", "2", "3"])),
  sslPolicyName: z.enum(tlsPolicies),
  probePath: lineOfText(512).regex(/^\//, "Must begin with a slash."),
  managedRuleSets: z.array(lineOfText(80).regex(/^\w+ \d+\.\d+$/, "Must be a type and a version.")).min(1),
  certificateVaults: z
    .array(
      z.strictObject({
        vaultUri: z.string().regex(/^https:\/\/[a-z0-9][a-z0-9.-]*$/, "Must be https and a host name, no path."),
        resourceId: resourceIdOf("Microsoft.KeyVault/vaults"),
      }),
    )
    .min(1),
});

/**
 * "verify" looks whether a policy asks for multi-factor authentication; "create" makes one that only reports where none
 * does. Whoever must get in at any time (Microsoft Entra, "Manage emergency access accounts") is then left out of it.
 */
export const conditionalAccessSchema = z.discriminatedUnion("mode", [
  z.strictObject({ mode: z.literal("verify") }),
  z.strictObject({ mode: z.literal("create"), breakGlassGroupId: guid }),
]);

export const defenderSchema = z.strictObject({
  plans: z.array(
    z.strictObject({
      name: lineOfText(64).regex(/^[A-Za-z]+$/, "Must be the name of a plan."),
      subPlan: lineOfText(64).nullable(),
    }),
  ),
  contact: z.strictObject({
    emails: z.array(z.email()).min(1),
    phone: lineOfText(32).nullable(),
    minimalSeverity: z.enum(["High", "Medium", "Low"]),
    notifiedRoles: z.array(z.enum(["Owner", "AccountAdmin", "ServiceAdmin", "Contributor"])),
  }),
});

export const networkChangesSchema = z.strictObject({
  actionGroupIds: z.array(resourceIdOf("Microsoft.Insights/actionGroups")),
});

export const networkEventsSchema = z.strictObject({
  storageAccountId: resourceIdOf("Microsoft.Storage/storageAccounts"),
  // Storage queue names: 3–63 lower-case letters, digits and single hyphens ("Naming queues and metadata").
  queueName: z.string().regex(/^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/, "Must be the name of a Storage queue."),
  deadLetterContainer: z
    .string()
    .regex(/^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/, "Must be the name of a blob container.")
    .nullable(),
  resourceGroup: resourceGroupName.refine(
    (name) => !/^rg-/i.test(name),
    "Must not begin with rg-: a spoke of that name would take the group for its own.",
  ),
  location: locationName,
});
