import type { InvocationContext } from "@azure/functions";
import * as df from "durable-functions";
import type { Composition } from "../composition.ts";
import { applyRecommendations } from "../hardening/apply-recommendations.ts";
import { learnFromTraffic } from "../hardening/learn-from-traffic.ts";
import { observeForHardening } from "../hardening/observe-for-hardening.ts";
import { takeInDefender } from "../hardening/take-in-defender.ts";
import { activityNames, type PassReference, type SpokeOfPass, type SubscriptionOfPass } from "./names.ts";

/** The activities of a hardening pass. Each may be repeated: it takes in anew what it finds. */
export function registerHardeningActivities(compose: Composition): void {
  df.app.activity(activityNames.observeHardening, {
    handler: (input: PassReference) => observeForHardening(compose, input),
  });
  df.app.activity(activityNames.recommendByDefender, {
    handler: (input: SubscriptionOfPass) => takeInDefender(compose, input),
  });
  df.app.activity(activityNames.recommendByTraffic, {
    handler: (input: SpokeOfPass) => learnFromTraffic(compose, input),
  });
  df.app.activity(activityNames.applyRecommendations, {
    extraInputs: [df.input.durableClient()],
    handler: (_input: PassReference, context: InvocationContext) =>
      applyRecommendations(compose, df.getClient(context), (line) => context.log(line)),
  });
}
