import { app } from "@azure/functions";
import * as df from "durable-functions";
import type { Composition } from "../composition.ts";
import { networkResourceEntity } from "../entities/names.ts";
import { pendingWork, tellOf } from "../watch-tools-of.ts";

/**
 * Timer `settleNetworkChanges`: comes back to resources that could not be looked at or restored when their event came (a
 * run was at work, Azure was busy, another automation fought), and to alerts that a target did not take.
 */
export function registerSettleNetworkChanges(compose: Composition): void {
  app.timer("settleNetworkChanges", {
    schedule: "0 * * * * *",
    extraInputs: [df.input.durableClient()],
    handler: async (_timer, context) => {
      const changes = await compose.changes();
      const client = df.getClient(context);
      for (const { resourceId, changeId } of await (await pendingWork(compose)).list()) {
        if (resourceId !== null) await client.signalEntity(networkResourceEntity(resourceId), "look", { resourceId });
        const change = changeId === null ? null : await changes.read(changeId);
        if (change !== null) await tellOf(compose, change.value);
      }
    },
  });
}
