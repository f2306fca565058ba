import { resourceIdKey, tryParseResourceId } from "../domain/resource-id.ts";
import type { ResourceSnapshot } from "./ports.ts";
import type { RawResource } from "./raw-resource.ts";

const networkType = "microsoft.network/virtualnetworks";

/**
 * A snapshot of documents, those of peerings included, which Resource Graph tells within their networks. What has no
 * resource's id is left out.
 */
export function resourceSnapshot(documents: Iterable<RawResource>): ResourceSnapshot {
  const known = new Map<string, RawResource>();
  const byType = new Map<string, RawResource[]>();
  const add = (document: RawResource) => {
    const key = resourceIdKey(document.id);
    const parsed = tryParseResourceId(document.id);
    if (parsed === null || known.has(key)) return;
    known.set(key, document);
    const place = placeOf(parsed.type, parsed.subscriptionId ?? "");
    const members = byType.get(place);
    if (members === undefined) byType.set(place, [document]);
    else members.push(document);
  };
  for (const document of documents) {
    add(document);
    if (document.type?.toLowerCase() === networkType) for (const peering of peeringsOf(document)) add(peering);
  }
  return {
    byId: (id) => known.get(resourceIdKey(id)),
    ofType: (type, subscriptionId) => byType.get(placeOf(type, subscriptionId)) ?? [],
  };
}

function placeOf(type: string, subscriptionId: string): string {
  return `${subscriptionId}|${type}`.toLowerCase();
}

function peeringsOf({ properties }: RawResource): readonly RawResource[] {
  const peerings = (properties as { virtualNetworkPeerings?: unknown } | undefined)?.virtualNetworkPeerings;
  return Array.isArray(peerings) ? peerings : [];
}
