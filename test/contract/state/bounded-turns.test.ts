import type { ContainerClient } from "@azure/storage-blob";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { JsonBlobs } from "../../../shared/state/blob-state.ts";
import { SharedTurns } from "../../../shared/state/shared-turns.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const never = () => new Promise<never>(() => {});
/** Ends as the SDK does when its caller gives the call up. */
const silent = ({ abortSignal }: { readonly abortSignal?: AbortSignal } = {}) =>
  new Promise<never>((_, reject) =>
    abortSignal?.addEventListener("abort", () => reject(Object.assign(new Error("given up"), { name: "AbortError" }))),
  );

/** Turns on a storage that answers everything at once, but for the calls given here. */
function turns(
  calls: { readonly renewLease?: () => Promise<unknown>; readonly exists?: typeof silent } = {},
  limits: { readonly call?: number } = {},
) {
  const done = async () => ({});
  const lease = { acquireLease: done, releaseLease: done, renewLease: calls.renewLease ?? done };
  const container = {
    deleteBlob: done,
    getBlobClient: () => ({ exists: calls.exists ?? (async () => true) }),
    getBlockBlobClient: () => ({ getBlobLeaseClient: () => lease }),
  };
  const blobs = { read: async () => null, write: async () => "", list: async () => [] };
  return new SharedTurns(container as unknown as ContainerClient, blobs as unknown as JsonBlobs, limits);
}

test("who is not reached within eight minutes leaves the queue of the instance", async () => {
  const under = turns();
  const first = under.inTurn("hub", "first", null, never);
  void first.catch(() => undefined);
  const work = vi.fn(async () => "done");
  const second = under.inTurn("hub", "second", null, work);
  const told = expect(second).rejects.toMatchObject({ failure: { code: "SharedResourceBusy", resourceId: "hub" } });
  await vi.advanceTimersByTimeAsync(8 * 60_000 + 1_000);
  await told;
  expect(work).not.toHaveBeenCalled();
});

test("who has left the queue is not worked for when it comes to them; who stays is", async () => {
  const under = turns();
  const { promise: open, resolve: release } = Promise.withResolvers<void>();
  const first = under.inTurn("hub", "first", null, () => open);
  const work = vi.fn(async () => "done");
  const late = under.inTurn("hub", "late", null, work).catch(() => "left");
  await vi.advanceTimersByTimeAsync(6 * 60_000);
  const patient = under.inTurn("hub", "patient", null, async () => "done");
  await vi.advanceTimersByTimeAsync(3 * 60_000);
  release();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await Promise.all([first, late, patient])).toEqual([undefined, "left", "done"]);
  expect(work).not.toHaveBeenCalled();
});

test.each([
  ["whose renewals are silent", 16_000, "TurnLost"],
  ["whose renewals are silent, while the last one that came still holds", 14_000, null],
])("a turn %s", async (_name, milliseconds, code) => {
  const under = turns({ renewLease: never });
  const told = under
    .inTurn("hub", "one", null, async (turn) => {
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      turn.assertHeld();
      return null;
    })
    .catch((error: { failure?: { code: string } }) => error.failure?.code);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(await told).toBe(code);
});

test("a turn that is renewed is held for as long as the work takes", async () => {
  const under = turns();
  const told = under.inTurn("hub", "one", null, async (turn) => {
    await new Promise((resolve) => setTimeout(resolve, 600_000));
    turn.assertHeld();
    return "held";
  });
  await vi.advanceTimersByTimeAsync(601_000);
  expect(await told).toBe("held");
});

test("a call that the storage never answers is given up, and whoever comes next gets the turn", async () => {
  vi.useRealTimers();
  let answers: typeof silent | (() => Promise<boolean>) = silent;
  const under = turns({ exists: ((options) => answers(options)) as typeof silent }, { call: 100 });
  const work = async () => "done";
  await expect(under.inTurn("hub", "one", null, work)).rejects.toThrow("given up");
  answers = async () => true;
  expect(await under.inTurn("hub", "one", null, work)).toBe("done");
});
