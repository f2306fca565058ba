import { app } from "@azure/functions";
import * as df from "durable-functions";
import type { Composition } from "../composition.ts";
import { takeNetworkEvent } from "./take-network-event.ts";

/** Event Grid function `onNetworkChange`: for topics that deliver to the function itself, in either schema. */
export function registerOnNetworkChange(compose: Composition): void {
  app.eventGrid("onNetworkChange", {
    extraInputs: [df.input.durableClient()],
    handler: (event, context) => takeNetworkEvent(compose, event, context),
  });
}
