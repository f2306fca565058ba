import { app } from "@azure/functions";
import * as df from "durable-functions";
import { isAtWork } from "../../shared/domain/spoke-record.ts";
import { aboutSpoke } from "../../shared/telemetry/operation.ts";
import type { Composition } from "../composition.ts";
import { resumeRun } from "./resume-run.ts";

/**
 * Timer `resumeRuns`: resumes every run that its orchestration left: the app died before it started it, or the instance
 * failed because an upgrade changed its orchestrator. What is under way is left alone.
 */
export function registerResumeRuns(compose: Composition): void {
  app.timer("resumeRuns", {
    schedule: "0 */5 * * * *",
    extraInputs: [df.input.durableClient()],
    handler: async (_timer, context) => {
      const spokes = await compose.spokes();
      for (const { name, status } of await spokes.listRecords()) {
        const record = isAtWork(status) ? (await spokes.readRecord(name))?.value : undefined;
        if (record === undefined || !isAtWork(record.status)) continue;
        // One run that cannot be resumed does not keep the others from it.
        await aboutSpoke(name, () =>
          resumeRun(compose, df.getClient(context), record).catch((error: unknown) =>
            context.error(`Run ${record.revision} of ${name} cannot be resumed:`, error),
          ),
        );
      }
    },
  });
}
