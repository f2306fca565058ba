import * as z from "zod";
import { component } from "./component.ts";
import { differences, moment, momentOrNull, resourceIdOrNull, text, textOrNull, texts } from "./fields.ts";

const score = z.number().min(0).max(100).nullable().meta({
  description:
    "Share of the weight that passes; what nobody can see counts as half of a failure. Null: nothing counted.",
});

const control = z.object({
  id: text("Id of the control, like ZT-5.6."),
  title: text("What the guidance asks for."),
  step: z.int().min(1).max(7).nullable().describe("Step of the guidance; null: it says so outside its steps."),
  principles: texts("Principles of Zero Trust that it serves."),
  section: text("Of the guidance."),
  severity: z.enum(["critical", "high", "medium", "low"]).describe("Its weight in the score."),
  status: z
    .enum(["pass", "fail", "exempt", "notApplicable", "unknown"])
    .describe("exempt: it fails and somebody decided that it may. unknown: the tool cannot see it, never a pass."),
  evidence: z
    .array(
      z.object({
        resourceId: resourceIdOrNull("What was looked at; null: the spoke as a whole."),
        seen: text("What was seen, in a sentence."),
        differences: differences.optional(),
      }),
    )
    .describe("At most ten entries; the last says how many more there are."),
  remedy: text("What to do where it fails."),
  exemption: z
    .object({
      id: text("Id of the exemption."),
      owner: text("Who answers for it."),
      reason: text("Why it may fail."),
      ticket: textOrNull("Ticket under which it was agreed."),
      expiresAt: momentOrNull("Until when."),
    })
    .optional()
    .describe("Where it is exempt."),
});

const sweep = component(
  "ComplianceSweep",
  z
    .object({
      id: text("Id of the sweep."),
      status: z.enum(["Running", "Succeeded", "Failed"]).describe("How far it is."),
      startedAt: moment("When it began."),
      finishedAt: momentOrNull("When it ended."),
      spokes: z.int().describe("Spokes that it looked at."),
      assessed: z.int().describe("Spokes of which something had changed since the sweep before."),
      resources: z.int().describe("Rows and documents that were read."),
      calls: z.int().describe("Calls to Azure that reading took."),
      repaired: z.int().describe("Spokes that were run again."),
      error: textOrNull("Why it failed; else null."),
    })
    .describe("A sweep over all spokes."),
);

const verdict = z.object({
  spoke: text("Name of the spoke."),
  subscriptionId: text("Subscription in which it stands."),
  status: z
    .enum(["Compliant", "NonCompliant", "NotAssessed", "Skipped"])
    .describe("NotAssessed: it could not be judged. Skipped: a run is at work, the verdict is the one before."),
  reason: textOrNull("Why it could not be judged or was left out; else null."),
  score,
  controls: z.array(control).describe("Every row of the guidance, judged."),
  checkedAt: moment("When what the verdict rests on was observed."),
  sweepId: text("Sweep that judged it."),
});

component(
  "Compliance",
  z
    .object({
      value: z.array(verdict).describe("The spokes, by name."),
      score,
      sweep: sweep.nullable().describe("The latest sweep; null where there was none."),
      history: z
        .array(
          z.object({
            at: moment("When the sweep ended."),
            score,
            spokes: z.int().describe("Spokes that it looked at."),
            failed: z.int().describe("Spokes of which a control fails."),
          }),
        )
        .describe("One point a sweep, oldest first."),
    })
    .describe("What the latest sweep says of every spoke."),
);
