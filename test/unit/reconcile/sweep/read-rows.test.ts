import { expect, test } from "vitest";
import { kql } from "../../../../shared/azure/kql.ts";
import type { ResourceGraphPort } from "../../../../shared/azure/ports.ts";
import { readRows, sharedPlace } from "../../../../shared/reconcile/sweep/read-rows.ts";
import { SweepStore } from "../../../../shared/reconcile/sweep/sweep-store.ts";
import type { SweepTools } from "../../../../shared/reconcile/sweep/sweep-tools.ts";
import { MemoryBlobs } from "./memory-blobs.ts";

const first = "11111111-1111-1111-1111-111111111111";
const second = "22222222-2222-2222-2222-222222222222";
const rowOf = (subscription: string, index: number) => ({
  id: `/subscriptions/${subscription}/resourceGroups/rg-a/providers/Microsoft.Network/networkSecurityGroups/nsg-${index}`,
  type: "microsoft.network/networksecuritygroups",
});
const rows = Array.from({ length: 500 }, (_, index) => rowOf(index < 300 ? first : second, index));

/** Pages of a hundred rows; remembers what it was asked. */
function sweepOver(blobs: MemoryBlobs, all: readonly object[] = rows) {
  const asked: (string | null)[] = [];
  const graph: ResourceGraphPort = {
    query: async (_query, _scope, { skipToken }) => {
      asked.push(skipToken);
      const start = Number(skipToken ?? 0);
      const page = all.slice(start, start + 100) as Record<string, unknown>[];
      const end = start + page.length;
      const next = end < all.length ? String(end) : null;
      return { rows: page, skipToken: next, bytes: 1_600_000, quotaRemaining: 10, quotaResetsAfterSeconds: 5 };
    },
  };
  const store = new SweepStore(blobs.asBlobs);
  const tools = { azure: { resourceGraph: graph }, store } as unknown as SweepTools;
  const query = { name: "resources", scope: "spokes" as const, bytesPerRow: 8_192, text: kql`resources` };
  const reading = { name: "resources-0", query, scope: [first, second] };
  return { asked, store, read: () => readRows(tools, "1", reading), tools, reading };
}

test("rows are put down by subscription, each once, with a hash of all that they say", async () => {
  const { read, store } = sweepOver(new MemoryBlobs());
  expect(await read()).toBe(false);
  expect(await store.readRows("1", first)).toHaveLength(300);
  expect(await store.readRows("1", second)).toHaveLength(200);
  const digests = await store.readDigests("1", first);
  expect(new Set(digests.map(({ digest }) => digest)).size).toBe(300);
  expect(await store.readProgress("1", "resources-0")).toMatchObject({ pages: 5, calls: 5, rows: 500, next: null });
});

test("a page that was put down is not asked for again, wherever the app died", async () => {
  const blobs = new MemoryBlobs();
  const { asked, read, store } = sweepOver(blobs);
  let writes = 0;
  blobs.failing = () => ++writes > 8;
  await expect(read()).rejects.toThrow("crashed");
  const done = (await store.readProgress("1", "resources-0"))?.pages ?? 0;
  expect(done).toBeGreaterThan(0);
  const before = [...asked];
  blobs.failing = null;
  expect(await read()).toBe(false);
  // Only the page that was on its way when the app died may be asked for a second time.
  expect(asked.slice(before.length)).toEqual([String(done * 100), "200", "300", "400"].slice(-(5 - done)));
  expect(await store.readRows("1", first)).toHaveLength(300);
  const ended = asked.length;
  expect(await read()).toBe(false);
  expect(asked).toHaveLength(ended);
});

test("a row whose id is no resource's of a subscription gets no place: places are parts of names", async () => {
  const blobs = new MemoryBlobs();
  const hostile = [
    { id: "/subscriptions/../../records/x" },
    { id: 7 },
    {},
    { subscriptionId: second, recommendations: 3 },
  ];
  const { read, store } = sweepOver(blobs, hostile);
  await read();
  expect([...blobs.texts.keys()].filter((name) => name.includes("/rows/"))).toEqual([
    `compliance/sweeps/1/rows/${second}/resources-0-0.json`,
  ]);
  expect(await store.readRows("1", second)).toEqual([{ subscriptionId: second, recommendations: 3 }]);
});

test("what all spokes share is put down once", async () => {
  const { tools, reading, store } = sweepOver(new MemoryBlobs());
  await readRows(tools, "1", { ...reading, query: { ...reading.query, scope: "surroundings" } });
  expect(await store.readRows("1", sharedPlace)).toHaveLength(500);
});
