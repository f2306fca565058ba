import { describe, expect, test } from "vitest";
import { eventType } from "../../../local/host/durable/protocol.ts";
import { type RecordedHistory, recordedScenarios } from "../../histories/history-file.ts";

const limit = 20;
const made = recordedScenarios().filter(({ scenario }) => ["provision", "approval", "removal"].includes(scenario));

describe.each(made)("$version, $scenario", ({ histories }) => {
  const events = histories.flatMap((history) => history.events);
  const resources = resourcesOf(histories);

  test(`at most ${limit} history events for each resource, the run's and its lanes' together`, () => {
    expect(resources).toBeGreaterThan(20);
    expect(events.length / resources).toBeLessThanOrEqual(limit);
  });

  test("also where every event comes in a turn of its own, as it may on Azure", () => {
    const framing: readonly number[] = [eventType.OrchestratorStarted, eventType.OrchestratorCompleted];
    const scheduled: readonly number[] = [
      eventType.TaskScheduled,
      eventType.SubOrchestrationInstanceCreated,
      eventType.TimerCreated,
    ];
    const others = events.filter((event) => !framing.includes(event.EventType));
    const came = others.filter((event) => !scheduled.includes(event.EventType));
    expect((others.length + 2 * came.length) / resources).toBeLessThanOrEqual(limit);
  });
});

/** How many resources the run worked on: each is one change of its plan. */
function resourcesOf(histories: readonly RecordedHistory[]): number {
  const inputs = histories
    .flatMap((history) => history.events)
    .filter(({ EventType, Name }) => EventType === eventType.TaskScheduled && Name === "applyResource")
    .map(({ Input }) => Input);
  return new Set(inputs).size;
}
