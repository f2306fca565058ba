import type { SubscriptionSettingKind } from "../../azure/ports.ts";
import type { RawResource } from "../../azure/raw-resource.ts";
import { RefusedError } from "../../domain/errors.ts";
import type { JustInTimeState } from "../../domain/just-in-time-access.ts";
import { resourceId, subscriptionScope } from "../../domain/resource-id.ts";
import { ruleCollectionGroups, sharedRoleScopes } from "./begin-sweep.ts";
import type { SweepScope } from "./sweep-store.ts";
import type { SweepTools } from "./sweep-tools.ts";

/** Documents of a kind, or why Azure would not tell them. */
export interface ReadSetting {
  readonly kind: SubscriptionSettingKind;
  /** What was asked about beside the subscription itself, or null. */
  readonly parentId: string | null;
  readonly documents: readonly RawResource[];
  readonly refusal: string | null;
}

/**
 * Reads what Resource Graph does not tell of a subscription, once for each kind: what was kept is not read again. A kind
 * that Azure refuses to tell is kept as such, and its controls are unknown.
 */
export async function readSettings(tools: SweepTools, id: string, subscriptionId: string): Promise<void> {
  const { configuration, store } = tools;
  const keep = (kind: SubscriptionSettingKind, parentId?: string) =>
    store.keepSetting(id, subscriptionId, kind, () => settingOf(tools, kind, subscriptionId, parentId));
  await keep("roleAssignments");
  await keep("diagnosticSettings");
  const { networkManagementRole: role, defender } = configuration;
  if (role.kind === "custom") {
    const definition = resourceId(
      subscriptionScope(subscriptionId),
      "Microsoft.Authorization/roleDefinitions",
      role.roleDefinitionId,
    );
    await keep("roleDefinition", definition);
  }
  if (defender !== null) {
    await keep("pricings");
    await keep("securityContact");
  }
  // The plan alone makes policies of just-in-time access possible.
  if (defender?.plans.some(({ name }) => name === "VirtualMachines")) {
    await store.keepSetting(id, subscriptionId, justInTimeKind, () => justInTimeOf(tools, subscriptionId));
  }
  const topicId = await topicOf(tools, id, subscriptionId);
  if (topicId !== null) await keep("eventSubscriptions", topicId);
}

/** Reads what all spokes share in the subscriptions of hubs and log storage. */
export async function readSurroundings(tools: SweepTools, id: string, { surroundings }: SweepScope): Promise<void> {
  for (const subscriptionId of surroundings) {
    const keep = (kind: SubscriptionSettingKind, name: string, parentId?: string) =>
      tools.store.keepSetting(id, `shared-${subscriptionId}`, name, () =>
        settingOf(tools, kind, subscriptionId, parentId),
      );
    const shared = sharedRoleScopes(tools.configuration).filter((one) => one.subscriptionId === subscriptionId);
    for (const [index, scope] of shared.entries()) await keep("roleAssignments", `roleAssignments-${index}`, scope.id);
    const groups = ruleCollectionGroups(tools.configuration).filter((one) => one.subscriptionId === subscriptionId);
    for (const [index, group] of groups.entries()) {
      await keep("ruleCollectionGroup", `ruleCollectionGroup-${index}`, group.id);
    }
  }
}

/** Null where Azure would not tell. */
export interface ReadJustInTime {
  readonly kind: typeof justInTimeKind;
  readonly state: JustInTimeState | null;
}

export const justInTimeKind = "justInTime";

async function justInTimeOf({ azure }: SweepTools, subscriptionId: string): Promise<ReadJustInTime> {
  try {
    return { kind: justInTimeKind, state: await azure.justInTime.observe(subscriptionId) };
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return { kind: justInTimeKind, state: null };
  }
}

async function settingOf(
  { azure }: SweepTools,
  kind: SubscriptionSettingKind,
  subscriptionId: string,
  parentId: string | undefined,
): Promise<ReadSetting> {
  try {
    const documents = await azure.subscriptionSettings.read(kind, subscriptionId, parentId);
    // Azure promises no order, and the hash of what was read shall not depend on it.
    return {
      kind,
      parentId: parentId ?? null,
      documents: documents.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
      refusal: null,
    };
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return {
      kind,
      parentId: parentId ?? null,
      documents: [],
      refusal: `${error.failure.code}: ${error.failure.message}`,
    };
  }
}

const isTopic = /\/providers\/microsoft\.eventgrid\/systemtopics\/[^/]+$/;

/** The topic whose event subscriptions are to be listed, by the rows that were read. */
async function topicOf(
  { configuration, store }: SweepTools,
  id: string,
  subscriptionId: string,
): Promise<string | null> {
  if (configuration.networkEvents === null) return null;
  const keys = (await store.readDigests(id, subscriptionId)).map(({ key }) => key).filter((key) => isTopic.test(key));
  const [only] = keys;
  if (only === undefined || keys.length === 1) return only ?? null;
  const rows = await store.readRows<RawResource>(id, subscriptionId);
  const topic = rows.find(({ type, properties }) => {
    const { topicType } = (properties ?? {}) as { topicType?: unknown };
    return (
      type === "microsoft.eventgrid/systemtopics" && /^microsoft\.resources\.subscriptions$/i.test(String(topicType))
    );
  });
  return topic?.id ?? null;
}
