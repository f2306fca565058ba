import type { RecordedRequest } from "../../../local/stack/azure-access.ts";
import type { SpokeView } from "../../../shared/spoke/spoke-view.ts";
import type { Portal } from "./portal.ts";

const guid = /[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}/gi;
const moment = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;
const publicAddress = /\b198\.18\.\d+\.\d+\b/g;

/**
 * What stands of a spoke in Azure, by the path of each resource, with everything that differs between spokes of equal
 * requests written alike: name, addresses, subscription, GUIDs, times. What spokes share is left out: others change it too, and groups for it are asked for only while it does not stand.
 */
export async function standingState(portal: Portal, view: SpokeView): Promise<Record<string, unknown>> {
  const versions = apiVersions(await portal.stack.azure.recordedRequests());
  const second = view.addressPrefix.split(".").slice(0, 2).join(".");
  const alike = (text: string) =>
    text
      .replaceAll(view.name, "{name}")
      .replaceAll(publicAddress, "{public}")
      .replaceAll(`${second}.`, "{prefix}.")
      .replaceAll(guid, "{guid}")
      .replaceAll(moment, "{time}");
  const state: Record<string, unknown> = {};
  for (const { id, type } of view.resources.filter((resource) => !isShared(resource.id))) {
    const { status, body } = await portal.arm("GET", id, undefined, versions.get(id.toLowerCase()));
    if (status !== 200) throw new Error(`${status} ${type} ${id}`);
    state[alike(id)] = JSON.parse(alike(JSON.stringify(body)));
  }
  return state;
}

function isShared(id: string): boolean {
  return /\/(ipGroups|ruleCollectionGroups)\/|\/(NetworkWatcherRG|zero-trust-shared)$/i.test(id);
}

/** Path in lower case → the api-version with which the app last asked for it. */
function apiVersions(requests: readonly RecordedRequest[]): Map<string, string> {
  return new Map(
    requests.flatMap(({ url }) => {
      const { pathname, searchParams } = new URL(url.replace(/^\/+/, "/"), "https://azure");
      const version = searchParams.get("api-version");
      return version === null ? [] : [[decodeURIComponent(pathname).toLowerCase(), version] as const];
    }),
  );
}
