import { app } from "@azure/functions";
import * as df from "durable-functions";
import type { PendingWork } from "../../shared/domain/watched-resource.ts";
import type { Composition } from "../composition.ts";
import { isEndOfExemption } from "../end-of-exemption.ts";
import { signalNetworkResource } from "../entities/signal-network-resource.ts";
import { pendingWork, tellOf } from "../watch-tools-of.ts";

/**
 * Timer `settleNetworkChanges`: comes back to resources that could not be looked at or restored when their event came (a
 * run was at work, Azure was busy, another automation fought), to those that an exemption kept until now, and to alerts
 * that a target did not take.
 */
export function registerSettleNetworkChanges(compose: Composition): void {
  app.timer("settleNetworkChanges", {
    schedule: "0 * * * * *",
    extraInputs: [df.input.durableClient()],
    handler: async (_timer, context) => {
      const client = df.getClient(context);
      const pending = await pendingWork(compose);
      const changes = await compose.changes();
      const due = (await pending.list()).filter((work) => isDue(work, compose.now()));
      for (const { id, resourceId, changeId } of due) {
        try {
          if (resourceId !== null) await signalNetworkResource(client, "look", { resourceId });
          // The look keeps its own note; that of an exemption's end has done its work.
          if (isEndOfExemption(id)) await pending.remove(id);
          if (changeId === null) continue;
          const change = await changes.read(changeId);
          if (change?.value.alerts.some(({ status }) => status === "Pending")) await tellOf(compose, change.value);
          else await pending.remove(id);
        } catch (error) {
          // What cannot be settled now holds up nothing else.
          context.error(`${resourceId ?? changeId} could not be settled:`, error);
        }
      }
    },
  });
}

function isDue({ notBefore }: PendingWork, now: string): boolean {
  return notBefore == null || Date.parse(notBefore) <= Date.parse(now);
}
