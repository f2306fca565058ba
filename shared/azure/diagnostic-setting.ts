import type { DiagnosticSettingsResource, LogSettings } from "@azure/arm-monitor";
import { RefusedError } from "../domain/errors.ts";
import type { DesiredResource, ResourceBodies } from "../domain/resource.ts";
import { isSame, parseExtensionPath } from "./arm-id.ts";
import { observedResource } from "./arm-resource.ts";
import type { AzureClients } from "./clients.ts";
import { unlessMissing } from "./missing.ts";
import { inOrderOf } from "./normal-form.ts";
import type { ResourcePort } from "./ports.ts";
import { nativeOf } from "./raw-resource.ts";
import { readThrown } from "./thrown-failure.ts";

const type = "Microsoft.Insights/diagnosticSettings";
type Type = typeof type;

/**
 * Where the activity log of a subscription goes. A subscription takes five settings at most, so one of another name
 * that already sends every desired category to both destinations is adopted.
 */
export function diagnosticSettingPort(clients: AzureClients): ResourcePort<Type> {
  async function find(desired: DesiredResource<Type>): Promise<DiagnosticSettingsResource | null> {
    const { scope, name } = parseExtensionPath(desired.id);
    const { diagnosticSettings } = await clients.monitor();
    const settings: DiagnosticSettingsResource[] = [];
    await unlessMissing(async () => {
      for await (const setting of diagnosticSettings.list(scope)) settings.push(setting);
    });
    return serving(settings, name, desired);
  }

  const asObserved = (native: DiagnosticSettingsResource | null, desired: DesiredResource<Type>) =>
    native === null ? null : observedResource(type, native, toBody(native, desired), desired.id);

  return {
    observe: (desired) => clients.attempt(desired.id, async () => asObserved(await find(desired), desired)),
    observeIn: (snapshot, desired) => {
      const { scope, name } = parseExtensionPath(desired.id);
      const settings = snapshot.ofType(type, scope.split("/")[1] ?? "").map(nativeOf<DiagnosticSettingsResource>);
      return asObserved(serving(settings, name, desired), desired);
    },
    write: (desired) =>
      clients.attempt(desired.id, async () => {
        const { scope, name } = parseExtensionPath(desired.id);
        const standing = await find(desired);
        const { diagnosticSettings } = await clients.monitor();
        try {
          await diagnosticSettings.createOrUpdate(scope, standing?.name ?? name, toNative(desired, standing));
        } catch (thrown) {
          throw sinkInUse(thrown, desired.id) ?? thrown;
        }
      }),
    remove: (id) =>
      clients.attempt(id, async () => {
        const { scope, name } = parseExtensionPath(id);
        const { diagnosticSettings } = await clients.monitor();
        await unlessMissing(() => diagnosticSettings.delete(scope, name));
      }),
  };
}

/** Two settings of a subscription cannot send one category to one store; what another sends is not ours to change. */
function sinkInUse(thrown: unknown, resourceId: string): RefusedError | null {
  const { code, message } = readThrown(thrown);
  if (code !== "Conflict" || !/data sink/i.test(message)) return null;
  const remedy =
    "Let the setting that the message names send every category to both workspace and storage (it is then adopted), or remove it.";
  return new RefusedError({ code, message, resourceId, remedy });
}

function serving(
  settings: readonly DiagnosticSettingsResource[],
  name: string,
  desired: DesiredResource<Type>,
): DiagnosticSettingsResource | null {
  const own = settings.find((setting) => isSame(setting.name, name));
  return own ?? settings.find((setting) => serves(setting, desired)) ?? null;
}

function serves(setting: DiagnosticSettingsResource, desired: DesiredResource<Type>): boolean {
  const { workspaceId, storageAccountId, categories } = toBody(setting, desired);
  return (
    isSame(workspaceId, desired.body.workspaceId) &&
    isSame(storageAccountId, desired.body.storageAccountId) &&
    desired.body.categories.every((category) => categories.some((one) => isSame(one, category)))
  );
}

function toBody(native: DiagnosticSettingsResource, { body }: DesiredResource<Type>): ResourceBodies[Type] {
  const logs = native.logs ?? [];
  const enabled = logs.flatMap((log) => (log.enabled && log.category !== undefined ? [log.category] : []));
  const others = enabled.filter((category) => !body.categories.some((one) => isSame(one, category)));
  return {
    workspaceId: native.workspaceId ?? "",
    storageAccountId: native.storageAccountId ?? "",
    categories: logs.some(isAllLogs) ? [...body.categories, ...others] : inOrderOf(body.categories, enabled),
  };
}

function toNative(
  { body }: DesiredResource<Type>,
  standing: DiagnosticSettingsResource | null,
): DiagnosticSettingsResource {
  const logs = standing?.logs ?? [];
  const desired: LogSettings[] = body.categories.map((category) => ({ category, enabled: true }));
  // Azure refuses groups beside categories in one setting; each desired category takes the place of other groups.
  const others = logs.filter(
    (log) => log.category !== undefined && !body.categories.some((category) => isSame(category, log.category)),
  );
  return {
    ...standing,
    workspaceId: body.workspaceId,
    storageAccountId: body.storageAccountId,
    logs: logs.some(isAllLogs) ? logs : [...others, ...desired],
  };
}

function isAllLogs(log: LogSettings): boolean {
  return log.enabled && log.categoryGroup?.toLowerCase() === "alllogs";
}
