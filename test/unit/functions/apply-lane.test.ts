import type { OrchestrationContext } from "durable-functions";
import { describe, expect, test } from "vitest";
import { applyLane } from "../../../functions/orchestrators/apply-lane.ts";
import type { ChangeOutcome, Wave } from "../../../shared/domain/lane.ts";

type Call =
  | { readonly kind: "activity"; readonly change: number }
  | { readonly kind: "sub"; readonly waves: readonly Wave[] }
  | { readonly kind: "timer"; readonly at: Date }
  | { readonly kind: "all"; readonly calls: readonly Call[] };

/** Runs the orchestrator against answers given by a function, and tells what it awaited, one line for each turn. */
function run(waves: readonly Wave[], answer: (change: number) => ChangeOutcome["status"] | Error, rest = true) {
  const turns: string[] = [];
  const df = {
    currentUtcDateTime: new Date("2026-01-01T00:00:00Z"),
    getInput: () => ({ name: "a", revision: 1, lane: { waves } }),
    callActivityWithRetry: (_name: string, _retry: unknown, input: { change: number }): Call => ({
      kind: "activity",
      change: input.change,
    }),
    callSubOrchestrator: (_name: string, input: { lane: { waves: readonly Wave[] } }): Call => ({
      kind: "sub",
      waves: input.lane.waves,
    }),
    createTimer: (at: Date): Call => ({ kind: "timer", at }),
    Task: { all: (calls: readonly Call[]): Call => ({ kind: "all", calls }) },
  };
  const generator = applyLane({
    df,
    error: () => undefined,
  } as unknown as OrchestrationContext) as unknown as Generator<Call, boolean, unknown>;
  const result = (call: Call): unknown => {
    if (call.kind === "all") return call.calls.map(result);
    if (call.kind === "activity") {
      const status = answer(call.change);
      if (status instanceof Error) throw status;
      return { change: call.change, status };
    }
    return call.kind === "sub" ? rest : undefined;
  };
  for (let next = generator.next(); ; ) {
    if (next.done) return { made: next.value, turns };
    turns.push(described(next.value));
    next = resumed(generator, () => result((next as IteratorYieldResult<Call>).value));
  }
}

function resumed(generator: Generator<Call, boolean, unknown>, answer: () => unknown): IteratorResult<Call, boolean> {
  let value: unknown;
  try {
    value = answer();
  } catch (error) {
    return generator.throw(error);
  }
  return generator.next(value);
}

function described(call: Call): string {
  if (call.kind === "all") return call.calls.map(described).join(" + ");
  if (call.kind === "activity") return String(call.change);
  if (call.kind === "timer") return `pause ${(call.at.getTime() - Date.parse("2026-01-01T00:00:00Z")) / 1000}`;
  return `rest(${call.waves.map((wave) => [...wave.changes, ...wave.alongside.map((c) => `~${c}`)].join(",")).join(" ")})`;
}

const wave = (changes: readonly number[], alongside: readonly number[] = []): Wave => ({ changes, alongside });

describe("the waves of a lane", () => {
  test("one after the other, each side by side", () => {
    expect(run([wave([0, 1]), wave([2])], () => "succeeded")).toEqual({ made: true, turns: ["0 + 1", "2"] });
  });

  test("a refusal ends the lane after its wave", () => {
    expect(run([wave([0, 1]), wave([2])], (change) => (change === 0 ? "refused" : "succeeded"))).toEqual({
      made: false,
      turns: ["0 + 1"],
    });
  });

  test("what Azure cannot do yet is repeated after a pause, alone", () => {
    let attempts = 0;
    const answer = (change: number) => (change === 1 && ++attempts < 3 ? ("not-yet" as const) : ("succeeded" as const));
    expect(run([wave([0, 1]), wave([2])], answer).turns).toEqual(["0 + 1", "pause 5", "1", "pause 15", "1", "2"]);
  });

  test("an activity that the host could not run ends the lane; the lane itself never throws", () => {
    expect(run([wave([0, 1]), wave([2])], (change) => (change === 1 ? new Error("host") : "succeeded"))).toEqual({
      made: false,
      turns: ["0 + 1"],
    });
  });

  test("in the end it gives up", () => {
    const { made, turns } = run([wave([0]), wave([1])], () => "not-yet");
    expect(made).toBe(false);
    expect(turns.filter((turn) => turn === "0")).toHaveLength(7);
    expect(turns).not.toContain("1");
  });

  test("slow changes run beside the rest of the lane", () => {
    expect(run([wave([0]), wave([1], [9]), wave([2])], () => "succeeded")).toEqual({
      made: true,
      turns: ["0", "rest(1 2) + 9"],
    });
  });

  test("a slow change that is not possible yet is repeated; the rest's failure is the lane's", () => {
    let first = true;
    const answer = () => {
      const status = first ? ("not-yet" as const) : ("succeeded" as const);
      first = false;
      return status;
    };
    expect(run([wave([], [9]), wave([2])], answer).turns).toEqual(["rest( 2) + 9", "pause 5", "9"]);
    expect(run([wave([1], [9])], () => "succeeded", false).made).toBe(false);
  });
});
