import { app } from "@azure/functions";
import * as df from "durable-functions";
import type { Composition } from "../composition.ts";
import { orchestratorNames } from "../orchestrators/names.ts";
import { startPass } from "./start-pass.ts";

/** Timer `applyHardening`: begins a hardening pass over all managed subscriptions, where none is under way. */
export function registerApplyHardening(compose: Composition, schedule: string): void {
  app.timer("applyHardening", {
    schedule,
    extraInputs: [df.input.durableClient()],
    handler: (_timer, context) => startPass(compose, context, orchestratorNames.applyHardeningRun),
  });
}
