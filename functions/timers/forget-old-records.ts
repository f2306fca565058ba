import { app } from "@azure/functions";
import { isForgotten } from "../../shared/domain/exemption.ts";
import { isChangeBefore } from "../../shared/spoke/changes/change-id.ts";
import type { Composition } from "../composition.ts";

const day = 24 * 3_600_000;
/** More than a year, so that a yearly audit finds the year before. */
const changesAreKept = 400 * day;

/**
 * Timer `forgetOldRecords`, each night: changes of networks older than 400 days, and exemptions that expired more than 30
 * days ago. Whoever looks at a network reads the exemptions: those of years would make each look slower.
 */
export function registerForgetOldRecords(compose: Composition): void {
  app.timer("forgetOldRecords", {
    schedule: "0 40 3 * * *",
    handler: async (_timer, context) => {
      const { changes, exemptions } = await forgetOldRecords(compose);
      context.log(`${changes} changes of networks and ${exemptions} exemptions are forgotten.`);
    },
  });
}

/** Answers how many were forgotten. Repeating it forgets no more. */
export async function forgetOldRecords(
  compose: Pick<Composition, "amendments" | "changes" | "now">,
): Promise<{ readonly changes: number; readonly exemptions: number }> {
  const now = compose.now();
  const oldest = new Date(Date.parse(now) - changesAreKept).toISOString();
  const changes = await compose.changes();
  const old = (await changes.ids()).filter((id) => isChangeBefore(id, oldest));
  for (const id of old) await changes.remove(id);
  const amendments = await compose.amendments();
  const expired = (await amendments.list()).filter((one) => isForgotten(one, now));
  for (const { id } of expired) await amendments.remove(id);
  return { changes: old.length, exemptions: expired.length };
}
