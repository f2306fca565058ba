import * as z from "zod";
import { recommendationSources, recommendationStatuses } from "../../../shared/domain/recommendation.ts";
import { recommendationAcceptanceSchema } from "../../../shared/domain/recommendation-acceptance.ts";
import { component } from "./component.ts";
import { finding, moment } from "./schemas.ts";

component("RecommendationAcceptance", recommendationAcceptanceSchema);

const texts = z.array(z.string());

const replay = component(
  "Replay",
  z.object({
    from: moment,
    to: moment,
    flows: z.int(),
    wouldBlock: z.int(),
    blocked: texts.meta({ description: "Some of the flows that it would have blocked." }),
    summary: z.string(),
  }),
);

const remedy = component(
  "RecommendationRemedy",
  z.looseObject({
    kind: z
      .enum(["rule", "run-spoke", "just-in-time-policy", "adaptive-network-hardening", "by-hand"])
      .meta({ description: "What accepting it does; `by-hand` cannot be accepted." }),
  }),
);

const recommendation = component(
  "Recommendation",
  z.object({
    id: z.string(),
    source: z.enum(recommendationSources),
    status: z.enum(recommendationStatuses),
    spoke: z.string().nullable(),
    subscriptionId: z.string(),
    resourceGroup: z.string().nullable(),
    resourceId: z.string(),
    title: z.string(),
    severity: z.enum(["critical", "high", "medium", "low", "information"]),
    tactics: texts.meta({ description: "MITRE ATT&CK tactics." }),
    scoreGain: z.number().nullable().meta({ description: "Points of the subscription's secure score." }),
    reasons: texts,
    advice: z.string(),
    remedy,
    evidence: z.looseObject({}),
    replay: replay.nullable(),
    difference: z.object({ gained: texts, lost: texts }).nullable(),
    keepsGuidance: z.boolean().nullable(),
    safe: z.boolean().meta({ description: "The mode `enforce` applies it by itself." }),
    firstSeenAt: moment,
    lastSeenAt: moment,
    decision: z
      .object({
        by: z.object({ objectId: z.string(), name: z.string() }),
        at: moment,
        reason: z.string(),
        ticket: z.string().nullable(),
        automatically: z.boolean(),
      })
      .nullable(),
    amendmentId: z.string().nullable().meta({ description: "DELETE /api/exemptions/{id} takes it back." }),
    findings: z.array(finding),
  }),
);

component(
  "RecommendationList",
  z.object({
    value: z.array(recommendation),
    notes: z.array(z.object({ code: z.string(), message: z.string() })),
  }),
);
