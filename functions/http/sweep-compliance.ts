import * as df from "durable-functions";
import type { Composition } from "../composition.ts";
import { startSweep } from "../start-sweep.ts";
import { json, type Route } from "./route.ts";

/** `POST /api/compliance/sweep`: sets a sweep going; while one is under way it answers that one. */
export function sweepCompliance(compose: Composition): Route {
  return {
    name: "startSweep",
    method: "POST",
    path: "compliance/sweep",
    roles: ["Operate"],
    inputs: [df.input.durableClient()],
    handle: async ({ context }) =>
      json(202, await startSweep(compose, df.getClient(context)), { location: "/api/compliance" }),
  };
}
