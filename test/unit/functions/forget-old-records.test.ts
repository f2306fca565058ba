import { expect, test } from "vitest";
import { forgetOldRecords } from "../../../functions/timers/forget-old-records.ts";
import type { Amendment } from "../../../shared/domain/amendment.ts";
import type { NetworkChange } from "../../../shared/domain/network-change.ts";
import { changeId } from "../../../shared/spoke/changes/change-id.ts";
import { Documents } from "../../../shared/state/documents.ts";
import { memoryBlobs } from "../reconcile/changes/memory-blobs.ts";

const now = "2026-11-27T10:00:00.000Z";
const daysAgo = (days: number) => new Date(Date.parse(now) - days * 86_400_000).toISOString();

test("changes older than 400 days and exemptions that expired over 30 days ago are forgotten, nothing else", async () => {
  const blobs = memoryBlobs();
  const changes = new Documents<NetworkChange>(blobs, "changes");
  const amendments = new Documents<Amendment>(blobs, "amendments");
  const idOf = (days: number) => changeId(daysAgo(days), "/subscriptions/1", "cause");
  for (const days of [0, 399, 401, 4000]) await changes.add({ id: idOf(days) } as NetworkChange);
  for (const [id, expiresAt] of [
    ["lasts", null],
    ["expired", daysAgo(29)],
    ["forgotten", daysAgo(31)],
  ] as const) {
    await amendments.add({ id, expiresAt } as Amendment);
  }
  const compose = { changes: async () => changes, amendments: async () => amendments, now: () => now };
  expect(await forgetOldRecords(compose)).toEqual({ changes: 2, exemptions: 1 });
  expect(await changes.ids()).toEqual([idOf(0), idOf(399)]);
  expect(await amendments.ids()).toEqual(["expired", "lasts"]);
  expect(await forgetOldRecords(compose)).toEqual({ changes: 0, exemptions: 0 });
});

test("documents of one kind are looked for in order, and no further than needed", async () => {
  const blobs = memoryBlobs();
  let reads = 0;
  const { read } = blobs;
  blobs.read = (name) => {
    reads += 1;
    return read(name);
  };
  const documents = new Documents<{ id: string; spoke: string }>(blobs, "changes");
  for (let index = 0; index < 200; index++) {
    await documents.add({ id: `c-${String(index).padStart(3, "0")}`, spoke: index % 2 === 0 ? "a" : "b" });
  }
  const found = await documents.first(3, 150, ({ spoke }) => spoke === "b");
  expect(found.map(({ id }) => id)).toEqual(["c-001", "c-003", "c-005"]);
  expect(reads).toBeLessThan(64);
  expect(await documents.first(200, 150, ({ spoke }) => spoke === "b")).toHaveLength(75);
});
