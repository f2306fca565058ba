import { expect, test } from "vitest";
import { forgetOldChanges } from "../../../functions/timers/forget-old-changes.ts";
import type { NetworkChange } from "../../../shared/domain/network-change.ts";
import { changeId } from "../../../shared/spoke/changes/change-id.ts";
import { Documents } from "../../../shared/state/documents.ts";
import { memoryBlobs } from "../reconcile/changes/memory-blobs.ts";

const now = "2026-11-27T10:00:00.000Z";
const daysAgo = (days: number) => new Date(Date.parse(now) - days * 86_400_000).toISOString();

test("changes older than 400 days are forgotten, nothing else", async () => {
  const changes = new Documents<NetworkChange>(memoryBlobs(), "changes");
  const idOf = (days: number) => changeId(daysAgo(days), "/subscriptions/1", "cause");
  for (const days of [0, 399, 401, 4000]) await changes.add({ id: idOf(days) } as NetworkChange);
  const compose = { changes: async () => changes, now: () => now };
  expect(await forgetOldChanges(compose)).toBe(2);
  expect(await changes.ids()).toEqual([idOf(0), idOf(399)]);
  expect(await forgetOldChanges(compose)).toBe(0);
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
