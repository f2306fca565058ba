import type { RawResource } from "../../azure/raw-resource.ts";
import { snapshotFacts } from "../../azure/snapshot-facts.ts";
import { type Amendment, amendmentsInForce } from "../../domain/amendment.ts";
import type { ComplianceStatus, SpokeCompliance } from "../../domain/compliance.ts";
import { addedWeights, noWeights } from "../../domain/compliance-score.ts";
import { RefusedError } from "../../domain/errors.ts";
import type { FlowLogCoverage } from "../../domain/flow-log-coverage.ts";
import { inParallel } from "../../domain/in-parallel.ts";
import type { MultiFactorFact } from "../../domain/platform-facts.ts";
import { isAtWork, type SpokeRecord } from "../../domain/spoke-record.ts";
import { judgeSpoke } from "../../spoke/compliance/judge-spoke.ts";
import { aboutSpoke } from "../../telemetry/operation.ts";
import { isWatchedChange } from "../changes/record-drift.ts";
import { multiFactorOf } from "../make-plan.ts";
import { assessSpoke } from "./assess-spoke.ts";
import type { LearntTraffic } from "./known-of-spokes.ts";
import { hashOf, sharedPlace } from "./read-rows.ts";
import {
  type CommonFingerprint,
  commonFingerprint,
  digestsBySpoke,
  groupKeyOf,
  platformFingerprint,
  spokeFingerprint,
} from "./spoke-fingerprint.ts";
import { type StoredSetting, type SubscriptionReading, subscriptionReading } from "./subscription-reading.ts";
import type { RowDigest, SubscriptionResult, SweepScope } from "./sweep-store.ts";
import type { SweepTools } from "./sweep-tools.ts";

/** A verdict is reached anew at least so often, whatever stays the same: the tool itself may have learnt. */
const longestTrust = 24 * 3_600_000;
const recordsAtOnce = 32;

/**
 * Judges every spoke of a subscription by what was read of it. A spoke whose fingerprint is that of its last verdict keeps
 * it, and its rows are not even looked at; one whose run is at work is left out. A repeated call answers the first's result.
 */
export async function assessSubscription(
  tools: SweepTools,
  id: string,
  scope: SweepScope,
  subscriptionId: string,
): Promise<SubscriptionResult> {
  const done = await tools.store.readResult(id, subscriptionId);
  if (done !== null) return done;
  const names = scope.subscriptions.find((one) => one.subscriptionId === subscriptionId)?.spokes ?? [];
  const work = await openWork(tools, id, scope, subscriptionId);
  const value: SpokeCompliance[] = [];
  for (const record of await recordsOf(tools, names))
    value.push(await aboutSpoke(record.name, () => verdictOf(tools, work, record)));
  const assessed = value.filter((one) => one.judgedAt === scope.startedAt && one.status !== "Skipped").length;
  await tools.store.writeVerdicts(subscriptionId, { sweepId: id, assessed, value });
  const result = {
    spokes: value.length,
    assessed,
    failed: value.filter(({ status }) => status === "NonCompliant").length,
    weights: value.map(({ weights }) => weights).reduce(addedWeights, noWeights),
    repaired: 0,
  };
  await tools.store.writeResult(id, subscriptionId, result);
  return result;
}

/** What the spokes of a subscription have in common, read once, and only where a spoke needs it. */
interface Work {
  readonly id: string;
  readonly now: string;
  readonly subscriptionId: string;
  readonly common: CommonFingerprint;
  readonly bySpoke: ReadonlyMap<string, readonly RowDigest[]>;
  readonly before: ReadonlyMap<string, SpokeCompliance>;
  readonly amendments: readonly Amendment[];
  readonly flowLogs: ReadonlyMap<string, FlowLogCoverage>;
  readonly learnt: ReadonlyMap<string, LearntTraffic>;
  multiFactor(record: SpokeRecord): Promise<MultiFactorFact | null>;
  reading(): Promise<{ readonly reading: SubscriptionReading; readonly factsOf: ReturnType<typeof snapshotFacts> }>;
}

async function openWork(tools: SweepTools, id: string, scope: SweepScope, subscriptionId: string): Promise<Work> {
  const { store, azure, configuration } = tools;
  const [digests, sharedDigests, settings, sharedSettings, verdicts, known] = await Promise.all([
    store.readDigests(id, subscriptionId),
    store.readDigests(id, sharedPlace),
    store.readSettings<StoredSetting>(id, subscriptionId),
    Promise.all(scope.surroundings.map((one) => store.readSettings<StoredSetting>(id, `shared-${one}`))),
    store.readVerdicts(subscriptionId),
    store.readKnown(id, subscriptionId),
  ]);
  const bySpoke = digestsBySpoke(digests);
  const shared = [sharedDigests.map(({ digest }) => digest), sharedSettings];
  const facts = new Map<string, Promise<MultiFactorFact | null>>();
  let opened: ReturnType<Work["reading"]> | null = null;
  return {
    id,
    now: scope.startedAt,
    subscriptionId,
    common: commonFingerprint(bySpoke, settings, shared, platformFingerprint(configuration)),
    bySpoke,
    before: new Map((verdicts?.value ?? []).map((one) => [one.spoke, one])),
    amendments: known?.amendments ?? [],
    flowLogs: new Map((known?.flowLogs ?? []).flatMap((one) => (one.spoke === null ? [] : [[one.spoke, one]]))),
    learnt: new Map((known?.learnt ?? []).map((one) => [one.spoke, one])),
    multiFactor: ({ request }) => {
      const key = JSON.stringify([request.name, request.application.clientId]);
      const known = facts.get(key) ?? multiFactorOf(azure, configuration, request);
      facts.set(key, known);
      return known;
    },
    reading: () => {
      opened ??= (async () => {
        const [rows, sharedRows] = await Promise.all([
          store.readRows<RawResource>(id, subscriptionId),
          store.readRows<RawResource>(id, sharedPlace),
        ]);
        const reading = subscriptionReading(azure.resources, rows, sharedRows, settings, sharedSettings.flat());
        return { reading, factsOf: snapshotFacts(reading.snapshot, subscriptionId) };
      })();
      return opened;
    },
  };
}

async function recordsOf({ spokes }: SweepTools, names: readonly string[]): Promise<SpokeRecord[]> {
  const all = await inParallel(names, recordsAtOnce, (name) => spokes.readRecord(name));
  return all.flatMap((stored) => (stored === null || stored.value.status === "Removed" ? [] : [stored.value]));
}

async function verdictOf(tools: SweepTools, work: Work, record: SpokeRecord): Promise<SpokeCompliance> {
  const { now } = work;
  const before = work.before.get(record.name);
  const common = { spoke: record.name, subscriptionId: work.subscriptionId, checkedAt: now, sweepId: work.id };
  if (isAtWork(record.status)) return skipped(record, before, { ...common, checkedAt: before?.checkedAt ?? now });
  const amendments = amendmentsInForce(work.amendments, record.name, now);
  const flowLog = work.flowLogs.get(record.name) ?? null;
  const learnt = work.learnt.get(record.name) ?? null;
  const multiFactor = await work.multiFactor(record);
  const own = work.bySpoke.get(groupKeyOf(record)) ?? [];
  const fingerprint = spokeFingerprint(record, own, work.common, amendments, multiFactor, flowLog, learnt);
  if (before !== undefined && isTrusted(before, fingerprint, now)) return { ...before, ...common };
  const judged = { ...common, judgedAt: now, fingerprint };
  try {
    const { reading, factsOf } = await work.reading();
    const spoke = { record, configuration: tools.configuration, multiFactor, amendments, flowLog, learnt, now };
    const assessed = await assessSpoke(tools.azure, reading, factsOf, spoke);
    const deviations = assessed.resources.flatMap(({ change }) =>
      change === null || change.action === "none" ? [] : [change],
    );
    if (deviations.length > 0) await tools.onDrift(record, deviations);
    const watched = new Set(deviations.filter(isWatchedChange).map((change) => change.id));
    const { drift, ...judgement } = judgeSpoke(assessed);
    const marked = drift.map((one) => ({ ...one, watched: watched.has(one.id) }));
    return { ...judged, ...judgement, drift: marked, reason: null };
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return { ...judged, ...unjudged("NotAssessed", `${error.failure.code}: ${error.failure.message}`) };
  }
}

function isTrusted({ fingerprint, judgedAt, status }: SpokeCompliance, now: string, at: string): boolean {
  return status !== "Skipped" && fingerprint === now && Date.parse(at) - Date.parse(judgedAt) < longestTrust;
}

function skipped(
  { status }: SpokeRecord,
  before: SpokeCompliance | undefined,
  common: Pick<SpokeCompliance, "spoke" | "subscriptionId" | "checkedAt" | "sweepId">,
): SpokeCompliance {
  const reason = `A run is at work on it (${status}).`;
  if (before === undefined) {
    const never = { judgedAt: common.checkedAt, fingerprint: hashOf(common.spoke) };
    return { ...common, ...never, ...unjudged("Skipped", reason) };
  }
  // What is drifted now is the run's to say.
  return { ...before, ...common, status: "Skipped", reason, drift: [] };
}

function unjudged(status: ComplianceStatus, reason: string) {
  return { status, reason, controls: [], weights: noWeights, drift: [] };
}
