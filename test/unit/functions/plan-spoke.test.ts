import { expect, test } from "vitest";
import { planSpoke } from "../../../functions/activities/plan-spoke.ts";
import type { Composition } from "../../../functions/composition.ts";
import type { SpokeRecord } from "../../../shared/domain/spoke-record.ts";

const silent = { log: () => {}, warn: () => {} };

type Change = (record: SpokeRecord) => SpokeRecord;

test("a run that a newer version of the tool began ends with what to do, and nothing is planned", async () => {
  let record = { name: "orders-prod", revision: 3, status: "Accepted" } as SpokeRecord;
  const spokes = {
    readRecord: async () => ({ value: record, etag: "e" }),
    updateRun: async (_name: string, _revision: number, change: Change) => {
      record = change(record);
    },
  };
  const compose = { spokes: async () => spokes, now: () => "2026-01-01T00:00:00.000Z" } as unknown as Composition;
  const answer = await planSpoke(compose)({ name: "orders-prod", revision: 3, version: 3 }, silent);
  expect(answer).toEqual({ refused: true });
  expect(record).toMatchObject({ status: "Failed", error: { code: "UnknownRunVersion" } });
  expect(record.error?.message).toContain("version 3");
});

test.each([
  ["of another run of this number, whose record was lost: it is forgotten, and the run plans anew", null, 1],
  ["of this very run, asked for a second time: it stays", "2026-01-01T00:00:00.000Z", 0],
])("a plan that is kept is %s", async (_, startedAt, times) => {
  const record = { name: "orders-prod", revision: 1, status: "Accepted", startedAt } as SpokeRecord;
  const [forgotten, planned]: [number[], string[]] = [[], []];
  const spokes = {
    readRecord: async () => ({ value: record, etag: "e" }),
    readPlan: async () => ({ plan: { version: 2, changes: [], findings: [] }, lanes: [] }),
    forgetRun: async (_name: string, revision: number) => void forgotten.push(revision),
    updateRun: async () => {},
  };
  const compose = {
    spokes: async () => spokes,
    now: () => "2026-01-01T00:00:00.000Z",
    azure: async () => {
      planned.push("anew");
      throw new Error("as far as this test looks");
    },
  } as unknown as Composition;
  await planSpoke(compose)({ name: "orders-prod", revision: 1, version: 2 }, silent).catch(() => null);
  expect([forgotten, planned]).toEqual([times === 1 ? [1] : [], times === 1 ? ["anew"] : []]);
});
