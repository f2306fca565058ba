import { z } from "zod";
import type { ResourceType } from "../../resource-type.ts";
import { envelope, patchedTags } from "../envelope.ts";
import { badRequest } from "../platform-errors.ts";
import { parseShape } from "../shape.ts";

const named = z.looseObject({ name: z.string() });
const receivers = z.array(named).default([]);

const schema = z.strictObject({
  groupShortName: z.string().min(1).max(12),
  enabled: z.boolean().default(true),
  armRoleReceivers: receivers,
  automationRunbookReceivers: receivers,
  azureAppPushReceivers: receivers,
  azureFunctionReceivers: receivers,
  emailReceivers: z
    .array(
      z.strictObject({
        name: z.string(),
        emailAddress: z.string().min(3),
        useCommonAlertSchema: z.boolean().default(false),
        status: z.string().default("Enabled"),
      }),
    )
    .default([]),
  eventHubReceivers: receivers,
  incidentReceivers: receivers,
  itsmReceivers: receivers,
  logicAppReceivers: receivers,
  smsReceivers: receivers,
  voiceReceivers: receivers,
  webhookReceivers: z.array(z.looseObject({ name: z.string(), serviceUri: z.string() })).default([]),
});

const refuse = (path: string, message: string) => badRequest(`Action group property ${path} is invalid. ${message}`);

/** Whom an alert tells; local Azure keeps it and sends nothing. */
export const actionGroup: ResourceType = {
  type: "Microsoft.Insights/actionGroups",
  scope: "resourceGroup",
  apiVersions: ["2023-01-01", "2024-10-01-preview"],
  location: "global",
  tags: true,
  provisioningState: false,
  namePattern: /^[^<>%&:?/#*+]{1,260}$/,
  list: { by: ["resourceGroup", "subscription"] },
  put: {
    operationName: "PutActionGroupOperation",
    prepare: (_context, body) => {
      return {
        ...envelope("action groups", body),
        properties: { ...parseShape("ActionGroup", body.properties, schema, { refuse }) },
      };
    },
  },
  patch: {
    prepare: (_context, patch, existing) => {
      const change = parseShape(
        "ActionGroupPatch",
        patch.properties ?? {},
        z.strictObject({ enabled: z.boolean().optional() }),
        {
          refuse,
        },
      );
      const tags = patchedTags("action groups", patch);
      return { ...existing, ...tags, properties: { ...existing.properties, ...change } };
    },
  },
  remove: {},
};
