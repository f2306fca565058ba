import { expect, test } from "vitest";
import { finishRun } from "../../../functions/activities/finish-run.ts";
import type { Composition } from "../../../functions/composition.ts";
import type { Failure } from "../../../shared/domain/errors.ts";
import type { Plan } from "../../../shared/domain/plan.ts";
import type { SpokeRecord, SpokeStatus } from "../../../shared/domain/spoke-record.ts";
import type { StoredPlan } from "../../../shared/state/spoke-store.ts";
import { contractRequest, stateOf } from "../spoke/example.ts";

const silent = { log: () => {}, warn: () => {} };

const plan: Plan = { version: 1, spoke: "a", changes: [], findings: [], criticalPath: { seconds: 0, resources: [] } };

/** A store of one spoke whose run has nothing left to do, and what was done to it. */
function spokeAt(status: SpokeStatus, kept: Failure | null = null) {
  const { request } = stateOf(contractRequest).design;
  let record = { request, name: "a", revision: 3, status, resources: [], findings: [], error: null } as object;
  const writes: string[] = [];
  const spokes = {
    readRecord: async () => ({ value: record, etag: "1" }),
    readPlan: async (): Promise<StoredPlan> => ({ plan, lanes: [] }),
    readJournal: async () => [],
    updateRun: async (_name: string, _revision: number, change: (record: SpokeRecord) => SpokeRecord) => {
      record = change(record as SpokeRecord);
      writes.push((record as SpokeRecord).status);
    },
  };
  const amendments = {
    list: async () => [
      { id: "undo-1", spoke: "a" },
      { id: "other", spoke: "b" },
    ],
    remove: async (id: string) => writes.push(`forgot ${id}`),
  };
  const compose = {
    amendments: async () => amendments,
    spokes: async () => spokes,
    leases: async () => ({
      release: async () => {
        writes.push("released");
        return kept;
      },
    }),
    now: () => "2026-01-01T00:00:00.000Z",
  } as unknown as Composition;
  return { writes, finish: () => finishRun(compose)({ name: "a", revision: 3 }, silent) };
}

test("a removal ends with the prefix given back and amendments forgotten before the record says Removed", async () => {
  const spoke = spokeAt("Removing");
  await spoke.finish();
  expect(spoke.writes).toEqual(["released", "forgot undo-1", "Removed"]);
});

test("a removal whose prefix an IPAM pool does not take back has failed", async () => {
  const spoke = spokeAt("Removing", { code: "ScopeLocked", message: "", resourceId: null, remedy: "" });
  await spoke.finish();
  expect(spoke.writes).toEqual(["released", "Failed"]);
});

test("an end that was written and not answered, because the app died between the two, is not written otherwise", async () => {
  for (const status of ["Removing", "Running"] as const) {
    const spoke = spokeAt(status);
    await spoke.finish();
    const once = [...spoke.writes];
    await spoke.finish();
    expect(spoke.writes).toEqual(once);
  }
});
