import { expect, test } from "vitest";
import type { Composition } from "../../../functions/composition.ts";
import { undoChange } from "../../../functions/http/undo-change.ts";
import type { NetworkChange } from "../../../shared/domain/network-change.ts";
import { Documents } from "../../../shared/state/documents.ts";
import { memoryBlobs } from "../reconcile/changes/memory-blobs.ts";
import { platform } from "../spoke/example.ts";

const change = { id: "1-a", spoke: "orders-prod", status: "Restored", detectedAt: "2026-11-27T10:00:00Z", undo: null };

test.each([
  ["that is being removed", { status: "Removing", createdAt: "2026-11-01T00:00:00Z" }],
  ["that was removed", { status: "Removed", createdAt: "2026-11-01T00:00:00Z" }],
  ["that nobody knows any more", null],
  ["whose name another one bears by now", { status: "Succeeded", createdAt: "2026-11-27T11:00:00Z" }],
])("a change of a spoke %s cannot be undone, and no exemption is left", async (_, record) => {
  const blobs = memoryBlobs();
  const changes = new Documents<NetworkChange>(blobs, "changes");
  await changes.add(change as unknown as NetworkChange);
  const compose = {
    changes: async () => changes,
    spokes: async () => ({ readRecord: async () => (record === null ? null : { value: record, etag: "1" }) }),
    amendments: async () => new Documents(blobs, "amendments"),
    configuration: async () => platform,
    blobs: async () => blobs,
    now: () => "2026-11-27T12:00:00Z",
  } as unknown as Composition;
  const asked = { request: { params: { id: "1-a" } }, caller: { objectId: "1", name: "Operator" }, context: {} };
  await expect(undoChange(compose).handle(asked as never)).rejects.toMatchObject({
    status: 409,
    errors: [{ code: "SpokeRemoved" }],
  });
  expect(await blobs.names("amendments/")).toEqual([]);
});
