import { app } from "@azure/functions";
import * as df from "durable-functions";
import { forgetExemptions } from "../activities/repair-drift.ts";
import type { Composition } from "../composition.ts";
import { startSweep } from "../start-sweep.ts";

/** Timer `sweepCompliance`: begins a sweep over all spokes, where none is under way, and forgets old exemptions. */
export function registerSweepCompliance(compose: Composition, schedule: string): void {
  app.timer("sweepCompliance", {
    schedule,
    extraInputs: [df.input.durableClient()],
    handler: async (_timer, context) => {
      await forgetExemptions(compose);
      await startSweep(compose, df.getClient(context));
    },
  });
}
