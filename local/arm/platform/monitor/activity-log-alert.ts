import { z } from "zod";
import { linkedInvalidPropertyId } from "../../errors/reference-errors.ts";
import type { ResourceBody } from "../../resource.ts";
import { parseResourceId } from "../../resource-id.ts";
import type { ResourceType } from "../../resource-type.ts";
import type { WriteContext } from "../../world.ts";
import { envelope, patchedTags } from "../envelope.ts";
import { badRequest } from "../platform-errors.ts";
import { parseShape } from "../shape.ts";

const leaf = z.strictObject({
  field: z.string().optional(),
  equals: z.string().optional(),
  containsAny: z.array(z.string()).optional(),
});

const schema = z.strictObject({
  scopes: z.array(z.string()).min(1),
  condition: z.strictObject({
    allOf: z.array(leaf.extend({ anyOf: z.array(leaf).optional() })).min(1),
  }),
  actions: z.strictObject({
    actionGroups: z
      .array(
        z.strictObject({
          actionGroupId: z.string(),
          webhookProperties: z.record(z.string(), z.string()).optional(),
          actionProperties: z.record(z.string(), z.string()).optional(),
        }),
      )
      .default([]),
  }),
  enabled: z.boolean().default(true),
  description: z.string().optional(),
});

const refuse = (path: string, message: string) =>
  badRequest(`Activity log alert property ${path} is invalid. ${message}`);

/** A rule on the activity log; local Azure keeps it and raises nothing. */
export const activityLogAlert: ResourceType = {
  type: "Microsoft.Insights/activityLogAlerts",
  scope: "resourceGroup",
  apiVersions: ["2020-10-01", "2023-01-01-preview"],
  location: "global",
  tags: true,
  provisioningState: false,
  namePattern: /^[^<>%&:?/#*+]{1,260}$/,
  list: { by: ["resourceGroup", "subscription"] },
  put: { operationName: "PutActivityLogAlertOperation", prepare },
  patch: {
    prepare: (_context, patch, existing) => {
      const patchable = z.strictObject({ enabled: z.boolean().optional() });
      const change = parseShape("AlertRulePatch", patch.properties ?? {}, patchable, { refuse });
      const tags = patchedTags("activity log alerts", patch);
      return { ...existing, ...tags, properties: { ...existing.properties, ...change } };
    },
  },
  remove: {},
};

function prepare(context: WriteContext, body: ResourceBody): ResourceBody {
  const given = parseShape("AlertRuleProperties", body.properties, schema, {
    refuse,
    unmodelled: ["tenantScope"],
  });
  for (const scope of given.scopes) {
    const parsed = parseResourceId(scope);
    if (parsed === undefined) throw linkedInvalidPropertyId(scope);
    if (parsed.subscriptionId?.toLowerCase() !== context.id.subscriptionId?.toLowerCase()) {
      throw badRequest("The scopes of an activity log alert must lie in the subscription of the alert.");
    }
    context.requireAction(parsed.id, `${parsed.type}/read`);
  }
  const category = given.condition.allOf.some(({ field, anyOf }) => {
    return [field, ...(anyOf ?? []).map((one) => one.field)].some((name) => name?.toLowerCase() === "category");
  });
  if (!category) throw badRequest("The condition of an activity log alert must contain the field 'category'.");
  for (const { actionGroupId } of given.actions.actionGroups) {
    const group = context.reference(actionGroupId, { type: "Microsoft.Insights/actionGroups", joinAction: false });
    context.requireAction(group.id, "Microsoft.Insights/actionGroups/read");
  }
  return { ...envelope("activity log alerts", body), properties: { ...given } };
}
