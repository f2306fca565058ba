import type {
  ActivityLogAlertResource,
  AlertRuleAnyOfOrLeafCondition,
  AlertRuleLeafCondition,
} from "@azure/arm-monitor";
import type { ResourceBodies } from "../domain/resource.ts";
import { isSame } from "./arm-id.ts";
import { armResourcePort } from "./arm-resource.ts";
import type { AzureClients } from "./clients.ts";
import { inOrderOf } from "./normal-form.ts";
import type { ResourcePort } from "./ports.ts";
import { mergedTags, normalTags } from "./tags.ts";

type Type = "Microsoft.Insights/activityLogAlerts";

/** An alert on administrative operations that succeeded. */
export function activityLogAlertPort(clients: AzureClients): ResourcePort<Type> {
  const operations = async (subscriptionId: string) => (await clients.monitorIn(subscriptionId)).activityLogAlerts;
  return armResourcePort<Type, ActivityLogAlertResource>(clients, {
    type: "Microsoft.Insights/activityLogAlerts",
    get: async (at) => (await operations(at.subscriptionId)).get(at.resourceGroup, at.name),
    put: async (at, body) => (await operations(at.subscriptionId)).createOrUpdate(at.resourceGroup, at.name, body),
    remove: async (at) => (await operations(at.subscriptionId)).delete(at.resourceGroup, at.name),
    toBody: (native, { body }) => ({
      tags: normalTags(native.tags, body.tags),
      enabled: native.enabled ?? true,
      scopes: inOrderOf(body.scopes, native.scopes ?? []),
      operationNames: inOrderOf(body.operationNames, operationNames(native.condition?.allOf ?? [])),
      actionGroupIds: inOrderOf(
        body.actionGroupIds,
        (native.actions?.actionGroups ?? []).map((group) => group.actionGroupId),
      ),
    }),
    toNative: ({ body }, standing) => ({
      ...standing,
      location: "global",
      tags: mergedTags(standing?.tags, body.tags),
      enabled: body.enabled,
      scopes: [...body.scopes],
      condition: { allOf: conditions(body) },
      actions: {
        actionGroups: body.actionGroupIds.map((id) => {
          const groups = standing?.actions?.actionGroups ?? [];
          return groups.find((group) => isSame(group.actionGroupId, id)) ?? { actionGroupId: id };
        }),
      },
    }),
  });
}

const always = [
  { field: "category", equals: "Administrative" },
  { field: "status", equals: "Succeeded" },
] as const;

/**
 * Azure wants each condition to be either a leaf or an `anyOf` of leaves, and refuses `containsAny` on the operation
 * name (UnsupportedCondition, "The operation name provided is null or empty").
 */
function conditions({ operationNames }: ResourceBodies[Type]): AlertRuleAnyOfOrLeafCondition[] {
  const leaves = operationNames.map((equals) => ({ field: "operationName", equals }));
  return [...always, ...(leaves.length === 1 ? leaves : [{ anyOf: leaves }])];
}

/** The operations that raise the alert; none where another condition holds some of them back, or one of ours lacks. */
function operationNames(allOf: readonly AlertRuleAnyOfOrLeafCondition[]): string[] {
  const rest = allOf.filter((one) => !always.some((leaf) => isLeaf(one, leaf)));
  const complete = always.every((leaf) => allOf.some((one) => isLeaf(one, leaf)));
  const [only, ...others] = rest;
  if (!complete || only === undefined || others.length > 0) return [];
  const leaves = only.anyOf ?? [only];
  return leaves.every((leaf) => isSame(leaf.field, "operationName")) ? leaves.flatMap(valuesOf) : [];
}

function isLeaf(one: AlertRuleAnyOfOrLeafCondition, leaf: (typeof always)[number]): boolean {
  const values = valuesOf(one);
  return isSame(one.field, leaf.field) && values.some((value) => isSame(value, leaf.equals));
}

function valuesOf(leaf: AlertRuleLeafCondition): string[] {
  return leaf.equals ? [leaf.equals] : (leaf.containsAny ?? []);
}
