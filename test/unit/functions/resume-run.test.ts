import { type DurableClient, OrchestrationRuntimeStatus } from "durable-functions";
import { expect, test } from "vitest";
import type { Composition } from "../../../functions/composition.ts";
import { resumeRun } from "../../../functions/timers/resume-run.ts";
import type { SpokeRecord } from "../../../shared/domain/spoke-record.ts";

const approval = { revision: 2, status: "Approved" };

/** What is done to a run whose instance has this status (null: there is none), and the record afterwards. */
async function resumed(instance: OrchestrationRuntimeStatus | null, changes: object = {}) {
  let record = { name: "orders-prod", revision: 2, status: "Running", error: null, ...changes } as SpokeRecord;
  const calls: string[] = [];
  const client = {
    getStatus: async () => {
      if (instance === null) throw new Error("404");
      return { runtimeStatus: instance };
    },
    startNew: async (name: string, { instanceId }: { instanceId: string }) => calls.push(`start ${name} ${instanceId}`),
    raiseEvent: async (id: string, event: string) => calls.push(`raise ${event} ${id}`),
  } as unknown as DurableClient;
  const spokes = {
    updateRun: async (_name: string, _revision: number, change: (record: SpokeRecord) => SpokeRecord) => {
      record = change(record);
    },
  };
  const compose = { spokes: async () => spokes, now: () => "2026-01-01T00:00:00.000Z" } as unknown as Composition;
  await resumeRun(compose, client, record);
  return { calls, record };
}

test.each([
  ["nothing was started", null],
  ["the instance failed", OrchestrationRuntimeStatus.Failed],
  ["the instance ended without its record", OrchestrationRuntimeStatus.Completed],
])("%s: it is started", async (_what, instance) => {
  expect((await resumed(instance)).calls).toEqual(["start provisionSpoke provision-orders-prod-2"]);
  expect((await resumed(instance, { status: "Removing" })).calls).toEqual([
    "start removeSpoke provision-orders-prod-2",
  ]);
});

test("what is under way, or waits for a decision, is left alone", async () => {
  expect((await resumed(OrchestrationRuntimeStatus.Running)).calls).toEqual([]);
  const waiting = { status: "AwaitingApproval", approval: { ...approval, status: "Pending" } };
  expect((await resumed(OrchestrationRuntimeStatus.Running, waiting)).calls).toEqual([]);
});

test("a decision that the run has not heard of wakes it", async () => {
  const decided = { status: "AwaitingApproval", approval };
  expect((await resumed(OrchestrationRuntimeStatus.Running, decided)).calls).toEqual([
    "raise approvalDecided provision-orders-prod-2",
  ]);
  expect((await resumed(null, decided)).calls).toEqual(["start provisionSpoke provision-orders-prod-2"]);
});

test("what somebody terminated is not started again: the run ends", async () => {
  const { calls, record } = await resumed(OrchestrationRuntimeStatus.Terminated);
  expect(calls).toEqual([]);
  expect(record).toMatchObject({ status: "Failed", error: { code: "RunTerminated" } });
});
