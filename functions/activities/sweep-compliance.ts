import type { InvocationContext } from "@azure/functions";
import * as df from "durable-functions";
import type { SpokeCompliance } from "../../shared/domain/compliance.ts";
import { assessSubscription } from "../../shared/reconcile/sweep/assess-subscription.ts";
import { beginSweep, readingsOf } from "../../shared/reconcile/sweep/begin-sweep.ts";
import { finishSweep } from "../../shared/reconcile/sweep/finish-sweep.ts";
import { keepKnown } from "../../shared/reconcile/sweep/keep-known.ts";
import { readRows } from "../../shared/reconcile/sweep/read-rows.ts";
import { readSettings, readSurroundings } from "../../shared/reconcile/sweep/read-settings.ts";
import type { SweepScope } from "../../shared/reconcile/sweep/sweep-store.ts";
import type { SweepTools } from "../../shared/reconcile/sweep/sweep-tools.ts";
import { measured } from "../../shared/telemetry/instruments.ts";
import type { Composition } from "../composition.ts";
import { sweepToolsOf } from "../sweep-tools-of.ts";
import {
  activityNames,
  type SweepDrift,
  type SweepEnd,
  type SweepPart,
  type SweepReference,
  type SweepSize,
} from "./names.ts";
import { repairDrift, unwatchedDrift } from "./repair-drift.ts";

/** The activities of a compliance sweep. Each may be repeated: what was kept is not asked for again. */
export function registerSweepActivities(compose: Composition): void {
  const register = <Input extends SweepReference>(
    name: string,
    handle: (tools: SweepTools, input: Input, context: InvocationContext) => Promise<unknown>,
  ) =>
    df.app.activity(name, {
      extraInputs: [df.input.durableClient()],
      handler: async (input: Input, context) => handle(await sweepToolsOf(compose, context), input, context),
    });

  register(activityNames.beginSweep, async (tools, { sweepId }): Promise<SweepSize> => {
    const scope = await beginSweep(tools, sweepId);
    return { readings: readingsOf(scope, tools.configuration).length, subscriptions: scope.subscriptions.length };
  });
  register(activityNames.readSweepRows, async (tools, { sweepId, index }: SweepPart): Promise<boolean> => {
    const reading = readingsOf(await scopeOf(tools, sweepId), tools.configuration)[index ?? 0];
    return reading !== undefined && readRows(tools, sweepId, reading);
  });
  register(activityNames.readSweepSettings, async (tools, { sweepId, index }: SweepPart): Promise<void> => {
    const scope = await scopeOf(tools, sweepId);
    if (index === null) {
      await readSurroundings(tools, sweepId, scope);
      await keepKnown(tools, sweepId, scope);
    } else await readSettings(tools, sweepId, subscriptionOf(scope, index));
  });
  register(activityNames.assessSubscription, async (tools, { sweepId, index }: SweepPart): Promise<SweepDrift> => {
    const scope = await scopeOf(tools, sweepId);
    const subscriptionId = subscriptionOf(scope, index);
    await assessSubscription(tools, sweepId, scope, subscriptionId);
    const verdicts = (await tools.store.readVerdicts(subscriptionId))?.value ?? [];
    measured.driftFound("sweep", unwatchedDrift(verdicts));
    return driftOf(verdicts);
  });
  register(activityNames.repairDrift, async (tools, { sweepId, index }: SweepPart, context): Promise<void> => {
    const subscriptionId = subscriptionOf(await scopeOf(tools, sweepId), index);
    await repairDrift(compose, tools, df.getClient(context), { sweepId, subscriptionId });
  });
  register(activityNames.finishSweep, (tools, { sweepId, error }: SweepEnd) => finishSweep(tools, sweepId, error));
}

function driftOf(verdicts: readonly SpokeCompliance[]): SweepDrift {
  const left = verdicts.filter(({ drift }) => drift.some(({ watched }) => !watched));
  if (left.length === 0) return "none";
  return left.some(({ drift }) => drift.some(({ watched }) => watched)) ? "beside-watched" : "alone";
}

async function scopeOf({ store }: SweepTools, sweepId: string): Promise<SweepScope> {
  const scope = await store.readScope(sweepId);
  if (scope === null) throw new Error(`The sweep ${sweepId} has no scope: a later one has begun.`);
  return scope;
}

function subscriptionOf({ subscriptions }: SweepScope, index: number | null): string {
  const found = index === null ? undefined : subscriptions[index];
  if (found === undefined) throw new Error(`The sweep has no subscription ${index}`);
  return found.subscriptionId;
}
