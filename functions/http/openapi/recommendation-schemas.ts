import * as z from "zod";
import { recommendationSources, recommendationStatuses } from "../../../shared/domain/recommendation.ts";
import { recommendationAcceptanceSchema } from "../../../shared/domain/recommendation-acceptance.ts";
import { component } from "./component.ts";
import { moment, person, resourceId, text, textOrNull, texts } from "./fields.ts";
import { finding } from "./finding-schemas.ts";

component("RecommendationAcceptance", recommendationAcceptanceSchema.describe("Why it is accepted."));

const replay = component(
  "Replay",
  z
    .object({
      from: moment("First traffic that was looked at."),
      to: moment("Last traffic that was looked at."),
      flows: z.int().describe("Flows that were looked at, not only distinct ones."),
      wouldBlock: z.int().describe("How many of them it would have blocked."),
      blocked: texts("Some of the flows that it would have blocked."),
      summary: text("All of it in a sentence."),
    })
    .describe("What the change would have done to the traffic of the learning window."),
);

const remedy = component(
  "RecommendationRemedy",
  z
    .looseObject({
      kind: z
        .enum(["rule", "run-spoke", "just-in-time-policy", "adaptive-network-hardening", "by-hand"])
        .describe("What accepting it does; by-hand cannot be accepted."),
    })
    .describe("What accepting it does, with the rule, policy or rules that it writes."),
);

const recommendation = component(
  "Recommendation",
  z
    .object({
      id: text("Id of the recommendation, for accepting it."),
      source: z.enum(recommendationSources).describe("flow-logs is the tool's own; the others are Defender's."),
      status: z
        .enum(recommendationStatuses)
        .describe("Accepted: decided, not seen standing yet. Applied: it stands. Gone: nobody recommends it any more."),
      spoke: textOrNull("Name of the spoke; null: it is about none."),
      subscriptionId: text("Subscription in which the resource lies."),
      resourceGroup: textOrNull("Resource group in which the resource lies, in lower case."),
      resourceId: resourceId("What would be changed."),
      title: text("All of it in a few words."),
      severity: z.enum(["critical", "high", "medium", "low", "information"]).describe("How much it matters."),
      tactics: texts("MITRE ATT&CK tactics."),
      scoreGain: z.number().nullable().describe("Points of the subscription's secure score."),
      reasons: texts("Why, each in a sentence."),
      advice: text("What to do, in words."),
      remedy,
      evidence: z
        .looseObject({})
        .describe("What it rests on: of flow logs window, flows, bytes; of Defender its cause."),
      replay: replay.nullable().describe("Null where nothing is replayed."),
      difference: z
        .object({ gained: texts("Flows that would pass and do not."), lost: texts("Flows that pass and would not.") })
        .nullable()
        .describe("What passes after it and not before, and the other way round; null where no rule changes."),
      keepsGuidance: z
        .boolean()
        .nullable()
        .describe("Whether all flows of the guidance and of the request still pass; null where no rule changes."),
      safe: z.boolean().describe("The mode `enforce` applies it by itself."),
      firstSeenAt: moment("When it was first recommended."),
      lastSeenAt: moment("When it was last recommended."),
      decision: z
        .object({
          by: person("Who decided."),
          at: moment("When."),
          reason: text("Why; empty where nothing was said."),
          ticket: textOrNull("Ticket under which it was agreed."),
          automatically: z.boolean().describe("Decided by the mode enforce."),
        })
        .nullable()
        .describe("Null where nobody decided; of an open one: the decision that somebody took back."),
      amendmentId: textOrNull("DELETE /exemptions/{id} takes it back."),
      findings: z.array(finding).describe("After it was applied: traffic that it blocks."),
    })
    .describe("What would make a network harder, why, and what became of it."),
);

component(
  "RecommendationList",
  z
    .object({
      value: z.array(recommendation).describe("What brings the most first."),
      notes: z
        .array(z.object({ code: text("What is told, as one word."), message: text("What it means for the list.") }))
        .describe("What holds of a source as a whole."),
    })
    .describe("Recommendations of all sources."),
);
