import type { OrchestrationContext, Task } from "durable-functions";
import { describe, expect, test } from "vitest";
import { applyHardeningRun } from "../../../functions/orchestrators/apply-hardening-run.ts";
import { enforceFlowLogsRun } from "../../../functions/orchestrators/enforce-flow-logs-run.ts";

interface Call {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}
type Awaited = Call | readonly Call[];

/** Runs an orchestrator against answers of its activities, and tells what it awaited, turn by turn. */
function run(
  orchestrator: (context: OrchestrationContext) => Generator<Task, void, unknown>,
  answer: (call: Call) => unknown,
) {
  const turns: string[] = [];
  let continued: unknown = null;
  const df = {
    isReplaying: false,
    getInput: () => ({ pass: "1" }),
    callActivityWithRetry: (name: string, _retry: unknown, input: Call["input"]): Call => ({ name, input }),
    continueAsNew: (input: unknown) => {
      continued = input;
    },
    Task: { all: (calls: readonly Call[]) => calls },
  };
  const context = { df, error: () => undefined } as unknown as OrchestrationContext;
  const generator = orchestrator(context) as unknown as Generator<Awaited, void, unknown>;
  for (let next = generator.next(); !next.done; ) {
    const awaited = [next.value].flat();
    turns.push(
      awaited.map(({ name, input }) => `${name} ${input.subscriptionId ?? input.spoke ?? ""}`.trim()).join(", "),
    );
    const answers = awaited.map(answer);
    const failure = answers.find((one) => one instanceof Error);
    next =
      failure === undefined
        ? generator.next(Array.isArray(next.value) ? answers : answers[0])
        : generator.throw(failure);
  }
  return { turns, continued };
}

const answers = (more: Readonly<Record<string, unknown>>) => (call: Call) => more[call.name] ?? null;

describe("a pass over flow logs", () => {
  const subscriptions = Array.from({ length: 10 }, (_, index) => `s${index}`);

  test("sees all first, then eight subscriptions at a time", () => {
    const { turns, continued } = run(enforceFlowLogsRun, answers({ observeFlowLogs: subscriptions }));
    const of = (ids: readonly string[]) => ids.map((id) => `enforceFlowLogsIn ${id}`).join(", ");
    expect(turns).toEqual(["observeFlowLogs", of(subscriptions.slice(0, 8)), of(subscriptions.slice(8)), "nextPass"]);
    expect(continued).toBeNull();
  });

  test("goes on where a subscription fails", () => {
    const { turns } = run(enforceFlowLogsRun, ({ name, input }) => {
      if (name === "observeFlowLogs") return subscriptions;
      return input.subscriptionId === "s3" ? new Error("lost") : null;
    });
    expect(turns).toHaveLength(4);
  });

  test("begins anew with the pass that was asked for meanwhile", () => {
    const { continued } = run(enforceFlowLogsRun, answers({ observeFlowLogs: [], nextPass: "2" }));
    expect(continued).toEqual({ pass: "2" });
  });
});

describe("a hardening pass", () => {
  const scope = { subscriptionIds: ["s1", "s2"], spokes: ["a", "b", "c"] };

  test("takes in Defender, then traffic two spokes at a time, then applies", () => {
    const { turns } = run(applyHardeningRun, answers({ observeHardening: scope }));
    expect(turns).toEqual([
      "observeHardening",
      "recommendByDefender s1, recommendByDefender s2",
      "recommendByTraffic a, recommendByTraffic b",
      "recommendByTraffic c",
      "applyRecommendations",
      "nextPass",
    ]);
  });

  test("applies also where a spoke could not be looked at", () => {
    const { turns } = run(applyHardeningRun, ({ name, input }) => {
      if (name === "observeHardening") return scope;
      return input.spoke === "a" ? new Error("lost") : null;
    });
    expect(turns.slice(-2)).toEqual(["applyRecommendations", "nextPass"]);
  });
});
