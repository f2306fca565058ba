import { z } from "zod";
import { invalidRequestContent } from "../../errors/request-errors.ts";
import type { ResourceType } from "../../resource-type.ts";
import { envelope } from "../envelope.ts";
import { parseShape, word } from "../shape.ts";

const state = word(["On", "Off"]);
const severity = word(["High", "Medium", "Low"]);
const riskLevel = word(["Critical", "High", "Medium", "Low"]);

const common = {
  emails: z.string().optional(),
  phone: z.string().optional(),
  notificationsByRole: z
    .strictObject({
      state,
      roles: z.array(word(["AccountAdmin", "ServiceAdmin", "Owner", "Contributor"])).default([]),
    })
    .optional(),
};

const schemas = new Map<string, z.ZodType<object>>([
  [
    "2020-01-01-preview",
    z.strictObject({
      ...common,
      alertNotifications: z.strictObject({ state, minimalSeverity: severity.optional() }).optional(),
    }),
  ],
  [
    "2023-12-01-preview",
    z.strictObject({
      ...common,
      isEnabled: z.boolean().optional(),
      notificationsSources: z
        .array(
          z.discriminatedUnion("sourceType", [
            z.strictObject({ sourceType: z.literal("Alert"), minimalSeverity: severity.optional() }),
            z.strictObject({ sourceType: z.literal("AttackPath"), minimalRiskLevel: riskLevel.optional() }),
          ]),
        )
        .optional(),
    }),
  ],
]);

/** Whom Microsoft Defender for Cloud tells of alerts; one per subscription, named `default`. */
export const securityContact: ResourceType = {
  type: "Microsoft.Security/securityContacts",
  scope: "subscription",
  apiVersions: [...schemas.keys()],
  provisioningState: false,
  names: ["default"],
  list: { by: ["subscription"] },
  put: {
    operationName: "PutSecurityContactOperation",
    prepare: ({ apiVersion }, body) => {
      envelope("security contacts", body);
      const schema = schemas.get(apiVersion);
      if (schema === undefined) throw invalidRequestContent(`No security contact of version ${apiVersion}.`);
      return { properties: { ...parseShape("SecurityContactProperties", body.properties, schema) } };
    },
  },
  remove: {},
};
