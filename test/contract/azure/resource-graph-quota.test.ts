import { afterAll, beforeAll, expect, test } from "vitest";
import { kql } from "../../../shared/azure/kql.ts";
import { firstSubscription, type LocalAzure, startLocalAzure } from "../arm/local-azure.ts";
import { portsFor } from "./ports-under-test.ts";

let azure: LocalAzure;
beforeAll(async () => {
  azure = await startLocalAzure({ speed: 1 });
});
afterAll(() => azure.stop());

test("forty queries at once wait for Azure's quota of fifteen in five seconds, and none is throttled", async () => {
  const { resourceGraph } = portsFor(azure);
  const query = kql`resources | project id | order by id asc`;
  const answers = await Promise.all(
    Array.from({ length: 40 }, () => resourceGraph.query(query, [firstSubscription], { top: 10, skipToken: null })),
  );
  expect(answers.some(({ quotaRemaining }) => quotaRemaining === 0)).toBe(true);
  const { value } = await azure.control<{ value: { url: string; status: number }[] }>("GET", "requests");
  const statuses = value.filter(({ url }) => url.includes("ResourceGraph")).map(({ status }) => status);
  expect(statuses).toEqual(Array(40).fill(200));
}, 60_000);
