import * as z from "zod";
import { approvalDecisionSchema } from "../../../shared/domain/approval-decision.ts";
import { spokeRequestSchema } from "../../../shared/domain/spoke-request-schema.ts";
import { component } from "./component.ts";
import {
  changeAction,
  moment,
  momentOrNull,
  person,
  personOrNull,
  resourceId,
  stepNumber,
  stepNumbers,
  text,
  texts,
} from "./fields.ts";
import { failure, finding } from "./finding-schemas.ts";
import { change, criticalPath } from "./plan-schemas.ts";

const spokeResource = component(
  "SpokeResource",
  z
    .object({
      id: resourceId("The resource."),
      type: text("Type of the resource, as ARM names it."),
      steps: stepNumbers,
      action: changeAction,
      reasons: texts("Why it is written, each in a sentence."),
      status: z.enum(["Pending", "Running", "Succeeded", "Failed"]).describe("How far the run is with it."),
      startedAt: momentOrNull("When the run began with it."),
      finishedAt: momentOrNull("When the run ended with it."),
      error: failure.nullable().describe("Why it failed; else null."),
    })
    .describe("A resource of the run that is shown."),
);

const step = component(
  "Step",
  z
    .object({
      number: stepNumber,
      name: text("Name of the step, for people."),
      status: z
        .enum(["Pending", "Running", "Succeeded", "Failed", "NotApplicable"])
        .describe("Derived from the step's resources; NotApplicable: the spoke has nothing of it."),
      startedAt: momentOrNull("When its first resource was begun."),
      finishedAt: momentOrNull("When its last resource was done."),
      resources: z.array(spokeResource).describe("Its resources; one may serve several steps."),
      findings: z.array(finding).describe("Findings of this step."),
    })
    .describe("A step of the guidance and how far the run is with it."),
);

const status = component(
  "SpokeStatus",
  z
    .enum(["Accepted", "AwaitingApproval", "Rejected", "Running", "Succeeded", "Failed", "Removing", "Removed"])
    .describe(
      "Succeeded, Failed, Rejected and Removed are ends; Accepted, AwaitingApproval, Running, Removing are not.",
    ),
);

const spokeRequest = component("SpokeRequest", spokeRequestSchema.describe("What a requester has to say of a spoke."));

component("ApprovalDecision", approvalDecisionSchema.describe("What somebody with the role Approve says to a run."));

const approval = component(
  "Approval",
  z
    .object({
      revision: z.int().describe("The run that asks."),
      status: z.enum(["Pending", "Approved", "Rejected", "Expired"]).describe("What became of it."),
      requestedBy: person("Who asked for this run: they may not decide on it."),
      requestedAt: moment("When it was asked for."),
      expiresAt: momentOrNull("Until when somebody may decide: the time begins when the plan can be seen."),
      request: spokeRequest,
      addressPrefix: text("The addresses on which it is asked for."),
      decidedBy: personOrNull("Who decided; null: nobody yet."),
      decidedAt: momentOrNull("When it was decided."),
      comment: text("What was said to it; empty where nothing was."),
    })
    .describe("Whether a run may be carried out, as somebody else than who asked for it decides."),
);

component(
  "Spoke",
  z
    .object({
      name: text("Name of the spoke."),
      request: spokeRequest,
      requester: person("Whose spoke it is: who asked for it first."),
      status,
      revision: z.int().describe("Counts the runs."),
      addressPrefix: text("Prefix of the virtual network."),
      createdAt: moment("When it was first asked for."),
      startedAt: momentOrNull("When the latest run began."),
      finishedAt: momentOrNull("When the latest run ended."),
      steps: z
        .array(step)
        .meta({ minItems: 7, maxItems: 7, description: "The seven steps of the guidance, in order." }),
      resources: z.array(spokeResource).describe("All resources of the run that is shown; empty until it is planned."),
      findings: z.array(finding).describe("What a person should know, of this run and of the timers since."),
      criticalPath: criticalPath.nullable().describe("Of the run that is shown; null until it is planned."),
      error: failure.nullable().describe("Why the run ended without success; else null."),
      correlationId: z
        .guid()
        .nullable()
        .describe("Of the latest run: the same id stands in the tool's log and in Azure's activity log."),
      approval: approval.nullable().describe("Of the latest run that needed one."),
      changes: z
        .array(change)
        .optional()
        .describe("While the run awaits approval: what it would change. It is planned anew when approved."),
    })
    .describe("A spoke: its request, and how far its latest run is."),
);

component(
  "SpokeList",
  z
    .object({
      value: z
        .array(
          z.object({
            name: text("Name of the spoke."),
            status,
            subscriptionId: text("Subscription in which it stands."),
            location: text("Azure region."),
            addressPrefix: text("Prefix of the virtual network."),
          }),
        )
        .describe("The spokes, one line each."),
    })
    .describe("All spokes."),
);
