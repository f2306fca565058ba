import { app, type InvocationContext } from "@azure/functions";
import * as df from "durable-functions";
import { approvalOfRun } from "../../shared/domain/approval-of-run.ts";
import { isAtWork, type SpokeRecord } from "../../shared/domain/spoke-record.ts";
import type { Composition } from "../composition.ts";
import { startRun, wakeRun } from "../http/start-run.ts";

/**
 * Timer `resumeRuns`: sets every run going whose record says that it is at work and whose orchestration is not: the app
 * died between the two, somebody terminated the instance, or the instance failed because an upgrade changed its
 * orchestrator. A decision that its run has not heard of wakes it. What is under way is left alone.
 */
export function registerResumeRuns(compose: Composition): void {
  app.timer("resumeRuns", {
    schedule: "0 */5 * * * *",
    extraInputs: [df.input.durableClient()],
    handler: async (_timer, context) => {
      const spokes = await compose.spokes();
      for (const { name, status } of await spokes.listRecords()) {
        const record = isAtWork(status) ? (await spokes.readRecord(name))?.value : undefined;
        if (record !== undefined && isAtWork(record.status)) await resume(context, record);
      }
    },
  });
}

/** One run that cannot be set going does not keep the others from it. */
async function resume(context: InvocationContext, record: SpokeRecord): Promise<void> {
  const client = df.getClient(context);
  const approval = approvalOfRun(record);
  const unheard = record.status === "AwaitingApproval" && approval !== null && approval.status !== "Pending";
  try {
    await (unheard ? wakeRun(client, record) : startRun(client, record));
  } catch (error) {
    context.error(`Run ${record.revision} of ${record.name} cannot be set going:`, error);
  }
}
