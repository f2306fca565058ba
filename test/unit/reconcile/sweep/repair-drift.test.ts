import { expect, test } from "vitest";
import type { SpokeCompliance } from "../../../../shared/domain/compliance.ts";
import { mostRepairs, type Repair, spokesToRepair } from "../../../../shared/reconcile/sweep/repair-drift.ts";
import { Documents } from "../../../../shared/state/documents.ts";
import { MemoryBlobs } from "./memory-blobs.ts";

const hour = 3_600_000;
const start = Date.parse("2026-11-27T00:00:00Z");
const at = (hours: number) => new Date(start + hours * hour).toISOString();

function spoke(name: string, drifted: string[], changes: Partial<SpokeCompliance> = {}): SpokeCompliance {
  const drift = drifted.map((id) => ({
    id,
    type: "Microsoft.Insights/activityLogAlerts" as const,
    action: "create" as const,
    differences: [],
    watched: false,
  }));
  return { spoke: name, status: "NonCompliant", drift, ...changes } as SpokeCompliance;
}

/** One sweep after the other; answers which of them ran the spoke again. */
async function sweeps(verdictAt: (hours: number) => SpokeCompliance, hours: readonly number[]): Promise<number[]> {
  const repairs = new Documents<Repair>(new MemoryBlobs().asBlobs, "compliance/repairs");
  const ran: number[] = [];
  for (const one of hours) {
    for (const { repair } of await spokesToRepair([verdictAt(one)], repairs, at(one))) {
      await repairs.put(repair);
      ran.push(one);
    }
  }
  return ran;
}

test("what drifts in the same way after each run is tried after one hour, two, four, …, and at last once a week", async () => {
  const every = Array.from({ length: 24 * 40 }, (_, index) => index);
  const ran = await sweeps(() => spoke("orders", ["/alert"]), every);
  const pauses = ran.slice(1).map((one, index) => one - (ran[index] ?? 0));
  expect(pauses.slice(0, 8)).toEqual([1, 2, 4, 8, 16, 32, 64, 128]);
  expect(new Set(pauses.slice(8))).toEqual(new Set([168]));
});

test("another drift is tried at once, and so is the same one after a time without", async () => {
  expect(await sweeps((hours) => spoke("orders", [hours < 0.2 ? "/a" : "/b"]), [0, 0.1, 0.2])).toEqual([0, 0.2]);
  expect(await sweeps((hours) => spoke("orders", hours === 0.1 ? [] : ["/a"]), [0, 0.1, 0.2])).toEqual([0, 0.2]);
});

test("an activity that is repeated runs nothing twice", async () => {
  expect(await sweeps(() => spoke("orders", ["/a"]), [0, 0])).toEqual([0]);
});

test("what the watch over networks restores, a run at work, and what could not be judged are left alone", async () => {
  const drift = spoke("orders", ["/nsg"]).drift.map((one) => ({ ...one, watched: true }));
  expect(await sweeps(() => spoke("orders", [], { drift }), [0])).toEqual([]);
  expect(await sweeps(() => spoke("orders", ["/a"], { status: "Skipped" }), [0])).toEqual([]);
  expect(await sweeps(() => spoke("orders", ["/a"], { status: "NotAssessed" }), [0])).toEqual([]);
});

test("of many at once some are run again now, and the others by the next sweep", async () => {
  const repairs = new Documents<Repair>(new MemoryBlobs().asBlobs, "compliance/repairs");
  const verdicts = Array.from({ length: mostRepairs + 3 }, (_, index) => spoke(`spoke-${index}`, ["/a"]));
  const now = await spokesToRepair(verdicts, repairs, at(0));
  expect(now).toHaveLength(mostRepairs);
  for (const { repair } of now) await repairs.put(repair);
  const next = await spokesToRepair(verdicts, repairs, at(0.5));
  expect(next.map(({ spoke: name }) => name)).toEqual(["spoke-10", "spoke-11", "spoke-12"]);
});
