import { expect, test } from "vitest";
import { kql } from "../../../shared/azure/kql.ts";
import type { ResourceGraphPort } from "../../../shared/azure/ports.ts";
import { firstPage, readPage, readPages } from "../../../shared/azure/resource-graph-pages.ts";
import { RefusedError } from "../../../shared/domain/errors.ts";

const limit = 16_777_216;

/** Resource Graph over rows of these sizes; counts its calls and refusals. */
function graphOf(sizes: readonly number[]) {
  const seen = { calls: 0, refused: 0 };
  const graph: ResourceGraphPort = {
    query: async (_query, _scope, { top, skipToken }) => {
      seen.calls += 1;
      const start = Number(skipToken ?? 0);
      const page = sizes.slice(start, start + top);
      const bytes = page.reduce((sum, size) => sum + size, 0);
      if (bytes > limit) {
        seen.refused += 1;
        throw new RefusedError({ code: "ResponsePayloadTooLarge", message: "", resourceId: null, remedy: "" });
      }
      const end = start + page.length;
      return {
        rows: page.map((_, index) => ({ id: `${start + index}` })),
        skipToken: end < sizes.length ? String(end) : null,
        bytes,
        quotaRemaining: 14,
        quotaResetsAfterSeconds: 5,
      };
    },
  };
  return { graph, seen };
}

async function idsOf(graph: ResourceGraphPort, bytesPerRow?: number): Promise<unknown[]> {
  const ids: unknown[] = [];
  for await (const { rows } of readPages(graph, kql`resources`, ["s"], bytesPerRow))
    ids.push(...rows.map(({ id }) => id));
  return ids;
}

test.each([
  ["10,000 NSGs of 25 kB", Array<number>(10_000).fill(25_000), 48_000],
  ["60,000 small rows", Array<number>(60_000).fill(1_500), undefined],
  [
    "rows that grow and shrink",
    Array.from({ length: 8_000 }, (_, index) => 24_000 + 1_000 * Math.sin(index / 50)),
    48_000,
  ],
])("%s: every row once, in at most 1.2 times the calls that Azure's limits allow", async (_, sizes, expected) => {
  const { graph, seen } = graphOf(sizes);
  const ids = await idsOf(graph, expected);
  expect(ids).toEqual(sizes.map((_size, index) => String(index)));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  const floor = Math.max(Math.ceil(sizes.length / 1000), Math.ceil(bytes / limit));
  expect(seen.calls).toBeLessThanOrEqual(1.2 * floor);
  expect(seen.refused).toBe(0);
});

test("a page that is refused as too large is asked for by halves", async () => {
  const { graph, seen } = graphOf(Array<number>(100).fill(1_000_000));
  const page = await readPage(graph, kql`resources`, ["s"], firstPage());
  expect(page.rows).toHaveLength(16);
  expect(page.calls).toBe(seen.calls);
  expect(page.next?.top).toBe(15);
});

test("a row that is too large by itself is told, not left out", async () => {
  const { graph } = graphOf([limit + 1]);
  await expect(idsOf(graph)).rejects.toMatchObject({ failure: { code: "ResponsePayloadTooLarge" } });
});
