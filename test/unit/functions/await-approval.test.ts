import type { OrchestrationContext } from "durable-functions";
import { describe, expect, test } from "vitest";
import type { ApprovalAnswer } from "../../../functions/activities/names.ts";
import { awaitApproval } from "../../../functions/orchestrators/await-approval.ts";

const begin = Date.parse("2026-01-01T00:00:00Z");
const hour = 3_600_000;

/** Runs the wait: what the record says at each look, and what wakes the run after it says that nothing is decided. */
function wait(looks: readonly ApprovalAnswer[], wakes: readonly ("event" | "timer")[], until: number) {
  const sleeps: { milliseconds: number; cancelled: boolean }[] = [];
  let now = begin;
  const df = {
    get currentUtcDateTime() {
      return new Date(now);
    },
    callActivityWithRetry: (name: string) => ({ name }),
    waitForExternalEvent: (event: string) => ({ event }),
    createTimer: (at: Date) => {
      const sleep = { milliseconds: at.getTime() - now, cancelled: false };
      sleeps.push(sleep);
      return { at: at.getTime(), cancel: () => (sleep.cancelled = true) };
    },
    Task: { any: (tasks: readonly unknown[]) => ({ tasks }) },
  };
  const context = { df } as unknown as OrchestrationContext;
  const generator = awaitApproval(context, { name: "a", revision: 1 }, new Date(until).toISOString());
  const [answers, wakings] = [looks.values(), wakes.values()];
  for (let next = generator.next(); ; ) {
    if (next.done) return { approved: next.value, sleeps };
    const task = next.value as unknown as { tasks?: [object, { at: number }] };
    if (task.tasks === undefined) next = generator.next(answers.next().value);
    else {
      const [event, timer] = task.tasks;
      const byTimer = wakings.next().value === "timer";
      if (byTimer) now = timer.at;
      next = generator.next(byTimer ? timer : event);
    }
  }
}

describe("waiting for approval", () => {
  test("what is decided already is not waited for", () => {
    expect(wait(["approved"], [], begin + hour)).toEqual({ approved: true, sleeps: [] });
    expect(wait(["ended"], [], begin + hour)).toEqual({ approved: false, sleeps: [] });
  });

  test("the event wakes it, and its timer is not left open", () => {
    const { approved, sleeps } = wait(["pending", "approved"], ["event"], begin + hour);
    expect(approved).toBe(true);
    expect(sleeps).toEqual([{ milliseconds: hour, cancelled: true }]);
  });

  test("without an event it looks every six hours, at the end of the time, and a second later where clocks differ", () => {
    const { approved, sleeps } = wait(
      ["pending", "pending", "pending", "pending", "ended"],
      ["timer", "timer", "timer", "timer"],
      begin + 14 * hour,
    );
    expect(approved).toBe(false);
    expect(sleeps.map(({ milliseconds }) => milliseconds)).toEqual([6 * hour, 6 * hour, 2 * hour, 1_000]);
    expect(sleeps.some(({ cancelled }) => cancelled)).toBe(false);
  });

  test("an event that comes with nothing decided changes nothing", () => {
    const { approved, sleeps } = wait(["pending", "pending", "approved"], ["event", "event"], begin + hour);
    expect(approved).toBe(true);
    expect(sleeps).toHaveLength(2);
  });
});
