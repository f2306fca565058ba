import { app } from "@azure/functions";
import { isChangeBefore } from "../../shared/spoke/changes/change-id.ts";
import type { Composition } from "../composition.ts";

/** More than a year, so that a yearly audit finds the year before. */
const kept = 400 * 24 * 3_600_000;

/** Timer `forgetOldChanges`, each night: changes of networks are kept for 400 days. */
export function registerForgetOldChanges(compose: Composition): void {
  app.timer("forgetOldChanges", {
    schedule: "0 40 3 * * *",
    handler: async (_timer, context) => {
      context.log(`${await forgetOldChanges(compose)} changes of networks are forgotten.`);
    },
  });
}

/** Answers how many were forgotten. Repeating it forgets no more. */
export async function forgetOldChanges(compose: Pick<Composition, "changes" | "now">): Promise<number> {
  const oldest = new Date(Date.parse(compose.now()) - kept).toISOString();
  const changes = await compose.changes();
  const old = (await changes.ids()).filter((id) => isChangeBefore(id, oldest));
  for (const id of old) await changes.remove(id);
  return old.length;
}
