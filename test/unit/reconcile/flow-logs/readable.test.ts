import { expect, test } from "vitest";
import type { KqlQuery } from "../../../../shared/azure/kql.ts";
import type { ResourceGraphPort, ResourceGraphRow } from "../../../../shared/azure/ports.ts";
import { observeFlowLogs } from "../../../../shared/reconcile/flow-logs/observe-flow-logs.ts";

const [full, empty, hidden] = ["aaaaaaaa", "bbbbbbbb", "cccccccc"].map(
  (first) => `${first}-1111-1111-1111-111111111111`,
) as [string, string, string];
const network = {
  id: `/subscriptions/${full}/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v`,
  name: "v",
  location: "westeurope",
  tags: null,
  subscriptionId: full,
};

/** Resource Graph that shows one network, and of the last subscription nothing, as where the tool may not read it. */
function graph(asked: string[]): ResourceGraphPort {
  const rowsOf = (text: string, scope: readonly string[]): ResourceGraphRow[] => {
    if (text.includes("'microsoft.resources/subscriptions'")) {
      asked.push(...scope);
      return scope.filter((id) => id.toLowerCase() !== hidden).map((subscriptionId) => ({ subscriptionId }));
    }
    return text.includes("'microsoft.network/virtualnetworks'") ? [network] : [];
  };
  const query = async ({ text }: KqlQuery, scope: unknown) => ({
    rows: rowsOf(text, scope as string[]),
    bytes: 1,
    skipToken: null,
    quotaRemaining: null,
    quotaResetsAfterSeconds: null,
  });
  return { query } as ResourceGraphPort;
}

test("a subscription of which Resource Graph shows nothing is told from one that has no networks", async () => {
  const asked: string[] = [];
  const sights = await observeFlowLogs(graph(asked), [full, empty, hidden.toUpperCase()]);
  const told = [full, empty, hidden].map((id) => sights.get(id)?.readable);
  expect(asked).toEqual([empty, hidden.toUpperCase()]);
  expect(told).toEqual([true, true, false]);
});
