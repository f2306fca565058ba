import * as z from "zod";
import { component } from "./component.ts";
import { resourceIdOrNull, stepNumber, text } from "./fields.ts";

export const finding = component(
  "Finding",
  z
    .object({
      code: text("What was found, as one word: docs/error-codes.md lists all of them."),
      severity: z.enum(["critical", "high", "medium", "low", "information"]).describe("How much it matters."),
      message: text("What was seen, in a sentence."),
      resourceId: resourceIdOrNull("What it is about; null where it is the request or the platform."),
      remedy: text("What to do about it."),
      step: stepNumber.optional(),
    })
    .describe("Something that a person should know about a spoke. Findings fail no run."),
);

export const failure = component(
  "Failure",
  z
    .object({
      code: text("The tool's or Azure's code of the failure: docs/error-codes.md lists those that are met."),
      message: text("What happened; Azure's own words where the code is Azure's."),
      resourceId: resourceIdOrNull("What it happened to; null where it is the run as a whole."),
      remedy: text("What to do about it."),
    })
    .describe("Why a run, or the work on a resource, ended without success."),
);

component(
  "Problem",
  z
    .object({
      type: text("Always about:blank: status and title say it."),
      title: text("What is wrong, in a sentence."),
      status: z.int().min(400).max(599).describe("The HTTP status again."),
      errors: z
        .array(
          z.object({
            pointer: text("JSON pointer (RFC 6901) into the body, or / and the name of a query parameter; empty: all."),
            code: text("Which rule, as one word: docs/error-codes.md lists all of them."),
            message: text("What to write or do instead."),
          }),
        )
        .describe("Every violation; empty where there is nothing to point at."),
    })
    .describe("RFC 9457 problem details; errors lists every violation."),
);
