import { isDeepStrictEqual } from "node:util";
import type { OrchestrationContext, Task } from "durable-functions";
import { describe, expect, test } from "vitest";
import { applyLane } from "../../../functions/orchestrators/apply-lane.ts";
import type { Wave } from "../../../shared/domain/lane.ts";
import { type RecordedHistory, recordedScenarios } from "../../histories/history-file.ts";
import { df, replayHistory } from "../../histories/replay-history.ts";

const recordings = recordedScenarios();

describe.each(recordings)("$version, $scenario", ({ histories }) => {
  test.each(histories)("$orchestrator $id: the same actions in the same order, and the same end", async (history) => {
    const turns = await replayHistory(history);
    for (const { recorded, replayed } of turns) expect(replayed).toEqual(recorded);
    expect(turns.at(-1)?.outcome).toEqual({ kind: "completed", output: history.output });
  });
});

describe("what an upgrade must not do to a run under way: the replay tells it", () => {
  const lane = longest(recordings.flatMap(({ histories }) => histories));

  test("the shipped orchestrator does nothing of it", async () => {
    expect(await divergence(lane, "applyLane")).toBeNull();
  });

  test("the same changes in another order", async () => {
    df.app.orchestration("reordered", (context) => applyLane(withWaves(context, (waves) => [...waves].reverse())));
    expect(await divergence(lane, "reordered")).toBe("turn 1");
  });

  test("an activity more, before the others", async () => {
    df.app.orchestration("longer", function* (context): Generator<Task, unknown, never> {
      yield context.df.callActivity("planSpoke", {});
      return yield* applyLane(context);
    });
    expect(await divergence(lane, "longer")).toBe("turn 1");
  });

  test("an order that depends on how often it was replayed", async () => {
    let replays = 0;
    const turned = (waves: readonly Wave[]) => (replays++ % 2 === 0 ? waves : [...waves].reverse());
    df.app.orchestration("fickle", (context) => applyLane(withWaves(context, turned)));
    expect(await divergence(lane, "fickle")).toBe("NonDeterminismError");
  });
});

/** Where a replay by this orchestrator leaves what was recorded; null where it does not. */
async function divergence(history: RecordedHistory, orchestrator: string): Promise<string | null> {
  try {
    const turns = await replayHistory(history, orchestrator);
    const first = turns.findIndex(({ recorded, replayed }) => !isDeepStrictEqual(recorded, replayed));
    return first < 0 ? null : `turn ${first + 1}`;
  } catch (error) {
    return (error as Error).name;
  }
}

function longest(histories: readonly RecordedHistory[]): RecordedHistory {
  const lanes = histories.filter(({ orchestrator }) => orchestrator === "applyLane");
  return lanes.reduce((a, b) => (b.events.length > a.events.length ? b : a));
}

function withWaves(context: OrchestrationContext, change: (waves: readonly Wave[]) => readonly Wave[]) {
  const input = context.df.getInput<{ lane: { waves: readonly Wave[] } }>();
  context.df.getInput = <T>() => ({ ...input, lane: { waves: change(input.lane.waves) } }) as T;
  return context;
}
