import { app } from "@azure/functions";
import * as df from "durable-functions";
import type { Composition } from "../composition.ts";
import { orchestratorNames } from "../orchestrators/names.ts";
import { startPass } from "./start-pass.ts";

/** Timer `enforceFlowLogs`: begins a pass over the flow logs of all managed subscriptions, where none is under way. */
export function registerEnforceFlowLogs(compose: Composition, schedule: string): void {
  app.timer("enforceFlowLogs", {
    schedule,
    extraInputs: [df.input.durableClient()],
    handler: (_timer, context) => startPass(compose, context, orchestratorNames.enforceFlowLogsRun),
  });
}
