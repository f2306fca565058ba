import type { Amendment } from "../../domain/amendment.ts";
import type { FlowLogCoverage } from "../../domain/flow-log-coverage.ts";
import type { PlatformConfiguration } from "../../domain/platform-configuration.ts";
import type { MultiFactorFact } from "../../domain/platform-facts.ts";
import { resourceGroupId, resourceIdKey } from "../../domain/resource-id.ts";
import type { SpokeRecord } from "../../domain/spoke-record.ts";
import { controls } from "../../spoke/compliance/controls.ts";
import type { LearntTraffic } from "./known-of-spokes.ts";
import { hashOf } from "./read-rows.ts";
import type { RowDigest } from "./sweep-store.ts";

/** Raised where controls judge otherwise what they judged before. */
const assessmentVersion = 2;

/** What the verdicts of all spokes of a subscription depend on, as one hash each. */
export interface CommonFingerprint {
  /** Rows outside of the groups of spokes, and what networks tell their neighbours. */
  readonly rows: string;
  readonly settings: string;
  readonly shared: string;
  readonly platform: string;
}

/** Hash of the configuration and of the controls that there are. */
export function platformFingerprint(configuration: PlatformConfiguration): string {
  const told = controls.map(({ id, severity }) => [id, severity]);
  return hashOf(JSON.stringify([assessmentVersion, told, configuration]));
}

/** Digests by the spoke in whose resource group their rows lie; "" holds the rest. */
export function digestsBySpoke(digests: readonly RowDigest[]): ReadonlyMap<string, readonly RowDigest[]> {
  const found = new Map<string, RowDigest[]>();
  for (const digest of digests) {
    const group = /^\/subscriptions\/[^/]+\/resourcegroups\/(rg-[^/]+)(?:\/|$)/.exec(digest.key)?.[1] ?? "";
    const members = found.get(group);
    if (members === undefined) found.set(group, [digest]);
    else members.push(digest);
  }
  return found;
}

/** What is common to the spokes of a subscription. */
export function commonFingerprint(
  bySpoke: ReadonlyMap<string, readonly RowDigest[]>,
  settings: unknown,
  shared: unknown,
  platform: string,
): CommonFingerprint {
  const neighbours = [...bySpoke.values()].flatMap((digests) => digests.flatMap(({ neighbour }) => neighbour ?? []));
  const rest = (bySpoke.get("") ?? []).map(({ digest }) => digest);
  return {
    rows: hashOf(JSON.stringify([neighbours.toSorted(), rest.toSorted()])),
    settings: hashOf(JSON.stringify(settings)),
    shared: hashOf(JSON.stringify(shared)),
    platform,
  };
}

/** The hash of everything that the verdict of a spoke depends on. */
export function spokeFingerprint(
  { name, request, addressPrefix, tierSlots, status }: SpokeRecord,
  own: readonly RowDigest[],
  common: CommonFingerprint,
  amendments: readonly Amendment[],
  multiFactor: MultiFactorFact | null,
  flowLog: FlowLogCoverage | null,
  learnt: LearntTraffic | null,
): string {
  const digests = own.map(({ digest }) => digest).toSorted();
  const log = flowLog === null ? null : [flowLog.state, flowLog.newestBlob === null];
  const desired = [name, request, addressPrefix, tierSlots, status, amendments, multiFactor, log, learnt?.open ?? null];
  return hashOf(JSON.stringify([desired, digests, common]));
}

/** Name of a spoke's resource group as keys have it. */
export function groupKeyOf({ name, request }: SpokeRecord): string {
  return (
    resourceIdKey(resourceGroupId(request.subscriptionId, `rg-${name}`))
      .split("/")
      .at(-1) ?? ""
  );
}
