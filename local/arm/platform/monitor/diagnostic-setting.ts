import { resourceNotFound } from "../../errors/not-found-errors.ts";
import { linkedInvalidPropertyId } from "../../errors/reference-errors.ts";
import { notModelled } from "../../errors/request-errors.ts";
import type { ResourceBody, ResourceDocument } from "../../resource.ts";
import { parseResourceId, type ResourceId, sameId } from "../../resource-id.ts";
import type { ResourceType } from "../../resource-type.ts";
import type { World, WriteContext } from "../../world.ts";
import { envelope } from "../envelope.ts";
import { conflict, diagnosticSettingsNotSupported } from "../platform-errors.ts";
import { type DiagnosticCategories, diagnosticCategories, isActivityLogScope } from "./diagnostic-log-categories.ts";
import { type DiagnosticSettingProperties, parseDiagnosticSetting, sentCategories } from "./diagnostic-setting-body.ts";

const type = "Microsoft.Insights/diagnosticSettings";

/** Azure Monitor service limits: diagnostic settings per resource. */
const maximumPerResource = 5;

/** What a destination must be, and what the caller must be allowed to do there. */
const destinations = [
  {
    property: "workspaceId",
    type: "Microsoft.OperationalInsights/workspaces",
    action: "Microsoft.OperationalInsights/workspaces/sharedKeys/action",
  },
  {
    property: "storageAccountId",
    type: "Microsoft.Storage/storageAccounts",
    action: "Microsoft.Storage/storageAccounts/listKeys/action",
  },
] as const;

/** The export of a resource's logs and metrics; on a subscription, of its activity log. */
export const diagnosticSetting: ResourceType = {
  type,
  scope: "extension",
  apiVersions: ["2021-05-01-preview"],
  provisioningState: false,
  namePattern: /^[^<>%&:?/#*]{1,260}$/,
  list: { by: ["scope"] },
  put: {
    operationName: "PutDiagnosticSettingOperation",
    status: { create: 200, update: 200 },
    prepare,
  },
  remove: {},
  view,
};

/** The resource or subscription that a setting extends. */
function extendedTarget(id: ResourceId): ResourceId {
  const target = parseResourceId(id.extendedId ?? "");
  if (target === undefined) throw linkedInvalidPropertyId(id.extendedId ?? id.id);
  return target;
}

/**
 * What the extended resource can send.
 * @throws ArmError 400 where Azure has no diagnostic settings for the type, 501 where local Azure does not know it
 */
export function categoriesOf(target: ResourceId): DiagnosticCategories {
  const categories = diagnosticCategories(target.type);
  if (categories === "unsupported") throw diagnosticSettingsNotSupported(target.type);
  if (categories === "unknown") throw notModelled(`diagnostic settings of '${target.type}'`);
  return categories;
}

function prepare(context: WriteContext, body: ResourceBody): ResourceBody {
  const target = extendedTarget(context.id);
  const categories = categoriesOf(target);
  envelope("diagnostic settings", body);
  const setting = parseDiagnosticSetting(body.properties, categories);
  checkDestinations(context, setting);
  checkOthers(context, target, setting, categories);
  return { properties: { ...setting } };
}

function checkDestinations(context: WriteContext, setting: DiagnosticSettingProperties): void {
  for (const destination of destinations) {
    const id = setting[destination.property];
    if (id === undefined) continue;
    const parsed = parseResourceId(id);
    if (parsed === undefined || parsed.type.toLowerCase() !== destination.type.toLowerCase()) {
      throw linkedInvalidPropertyId(id);
    }
    context.requireAction(parsed.id, destination.action);
    if (context.world.get(parsed.id) === undefined) {
      throw resourceNotFound(destination.type, parsed.name, parsed.resourceGroup);
    }
    context.reference(parsed.id, { type: destination.type, joinAction: false });
  }
}

function checkOthers(
  context: WriteContext,
  target: ResourceId,
  setting: DiagnosticSettingProperties,
  categories: DiagnosticCategories,
): void {
  const others = settingsOf(context.world, target.id).filter((other) => !sameId(other.id, context.id.id));
  for (const other of others) {
    const sent = sentCategories(parseDiagnosticSetting(other.body.properties, categories), categories);
    const shared = sentCategories(setting, categories).find((category) => sent.includes(category));
    if (shared === undefined) continue;
    for (const { property } of destinations) {
      const sink = setting[property];
      const otherSink = other.body.properties[property];
      if (sink === undefined || typeof otherSink !== "string" || !sameId(sink, otherSink)) continue;
      throw conflict(
        `Data sink '${sink}' is already used in diagnostic setting '${other.name}' for category '${shared}'. Data sinks can't be reused in different settings on the same category for the same resource.`,
      );
    }
  }
  if (context.existing === undefined && others.length >= maximumPerResource) {
    throw conflict(
      `The limit of ${maximumPerResource} diagnostic settings was reached. To create new setting '${context.id.name}', delete an existing one.`,
    );
  }
}

function settingsOf(world: World, targetId: string) {
  return world.list(type, targetId).filter((other) => {
    const extended = parseResourceId(other.id)?.extendedId;
    return extended !== undefined && sameId(extended, targetId);
  });
}

/** Azure Monitor names every log of the resource where single categories were chosen, the others as disabled. */
function view(document: ResourceDocument): ResourceDocument {
  const target = parseResourceId(parseResourceId(document.id)?.extendedId ?? "");
  const categories = target === undefined ? "unknown" : diagnosticCategories(target.type);
  if (target === undefined || typeof categories === "string") return document;
  const setting = parseDiagnosticSetting(document.properties, categories);
  const grouped = setting.logs.some((log) => log.categoryGroup !== undefined);
  const chosen = new Set(setting.logs.map((log) => log.category?.toLowerCase()));
  const rest = grouped ? [] : categories.logs.filter((category) => !chosen.has(category.toLowerCase()));
  const logs = [...setting.logs, ...rest.map((category) => ({ category, enabled: false }))];
  return {
    ...document,
    ...(isActivityLogScope(target.type) ? { location: "global" } : {}),
    properties: { ...document.properties, logs },
  };
}
