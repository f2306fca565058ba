import type { AzurePorts } from "../../azure/ports.ts";
import type { NetworkInterfaceFact } from "../../domain/platform-facts.ts";
import { parseResourceId, tryParseResourceId } from "../../domain/resource-id.ts";
import { isSpokeName } from "../../domain/spoke-name.ts";
import type { SpokeRecord } from "../../domain/spoke-record.ts";
import type { SpokeStore } from "../../state/spoke-store.ts";

/** The spoke that a resource may be a part of, and the interface where it is one. */
export interface WatchedSpoke {
  readonly record: SpokeRecord;
  readonly networkInterfaces: readonly NetworkInterfaceFact[];
}

/**
 * Finds the spoke by the names that the tool gives; whether the resource is really the spoke's, its desired state tells.
 * An interface belongs to the spoke in whose subnet it stands, wherever its machine lies. Null where there is none.
 * @throws RefusedError or TransientError where Azure could not be asked.
 */
export async function watchedSpoke(
  azure: Pick<AzurePorts, "facts">,
  spokes: SpokeStore,
  resourceId: string,
): Promise<WatchedSpoke | null> {
  if (parseResourceId(resourceId).type.toLowerCase() !== "microsoft.network/networkinterfaces") {
    const record = await recordOf(spokes, spokeNamed(resourceId));
    return record === null ? null : { record, networkInterfaces: [] };
  }
  const fact = await azure.facts.observeInterface(resourceId);
  const record = await recordOf(spokes, spokeNamed(fact?.subnetIds[0] ?? ""));
  return fact === null || record === null ? null : { record, networkInterfaces: [fact] };
}

async function recordOf(spokes: SpokeStore, name: string | undefined): Promise<SpokeRecord | null> {
  return isSpokeName(name) ? ((await spokes.readRecord(name))?.value ?? null) : null;
}

/** By the spoke's own resource group, or by its flow log and its peering, which lie in those of others. */
function spokeNamed(id: string): string | undefined {
  const parsed = tryParseResourceId(id);
  const within = (prefix: string, name: string) =>
    name.toLowerCase().startsWith(prefix) ? name.slice(prefix.length).toLowerCase() : undefined;
  switch (parsed?.type.toLowerCase()) {
    case undefined:
      return undefined;
    case "microsoft.network/networkwatchers/flowlogs":
      return within("fl-", parsed?.name ?? "");
    case "microsoft.network/virtualnetworks/virtualnetworkpeerings":
      return within("peer-hub-to-", parsed?.name ?? "") ?? within("rg-", parsed?.resourceGroup ?? "");
    default:
      return within("rg-", parsed?.resourceGroup ?? "");
  }
}
