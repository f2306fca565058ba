import * as z from "zod";
import { component } from "./component.ts";
import {
  anything,
  changeAction,
  differences,
  moment,
  momentOrNull,
  person,
  resourceId,
  text,
  textOrNull,
  texts,
} from "./fields.ts";
import { failure } from "./finding-schemas.ts";

const severity = z
  .enum(["critical", "high", "medium", "low", "none"])
  .describe("How much it matters; none: it means the same.");

const caller = z
  .object({
    name: textOrNull("Name for people."),
    objectId: textOrNull("Object id in Microsoft Entra."),
    applicationId: textOrNull("Application by which it was done."),
    ipAddress: textOrNull("Address from which it was done."),
  })
  .describe("Who did it; null is what the event does not tell.");

const alert = z.object({
  target: text("Name of the target in the configuration."),
  status: z.enum(["Pending", "Sent", "Failed", "Skipped"]).describe("How far the telling is."),
  attempts: z.int().describe("How often it was tried."),
  at: momentOrNull("When it was last tried."),
  error: textOrNull("Why it failed; else null."),
});

const change = component(
  "NetworkChange",
  z
    .object({
      id: text("Id of the change, for its undo."),
      spoke: text("Name of the spoke."),
      resourceId: resourceId("What was changed."),
      type: text("Type of the resource, as ARM names it."),
      pointer: text("The rule, route, subnet or property that it is about; empty for all."),
      detectedAt: moment("When the tool saw it."),
      detectedBy: z.enum(["event", "sweep"]).describe("What told of it."),
      origin: z
        .object({
          eventId: text("Id of the event that told it."),
          at: moment("When it was done."),
          operation: text("Azure's name of the operation."),
          correlationId: textOrNull("Azure's correlation id, for the activity log."),
          caller,
        })
        .nullable()
        .describe("Who did it, by which operation; null until an event tells."),
      severity,
      meanings: z
        .array(
          z.object({
            code: text("One way in which it matters, as one word."),
            severity,
            message: text("What it means, in a sentence."),
          }),
        )
        .describe("Every way in which it matters."),
      summary: text("All of it in a sentence."),
      gained: texts("Flows that pass by it and did not."),
      lost: texts("Flows that passed and do not by it."),
      restoring: z
        .object({ action: changeAction, resourceId: resourceId("What is written."), differences })
        .describe("What it takes to bring it back."),
      prior: z
        .array(z.object({ pointer: text("JSON pointer into the resource."), value: anything("What stood there.") }))
        .describe("What stood there before it was restored: an undo writes it again."),
      status: z
        .enum(["Open", "Restored", "RestoreFailed", "BackedOff", "Exempt", "Undone", "Gone", "Harmless"])
        .describe(
          "Open: nobody restored it. BackedOff: it came back too often, somebody has to look. Exempt: an exemption keeps it. Gone: it was changed back before the tool did. Harmless: it means the same.",
        ),
      restoredAt: momentOrNull("When it was restored."),
      error: failure.nullable().describe("Why it could not be restored; else null."),
      undo: z
        .object({
          by: person("Who took the restoration back."),
          at: moment("When."),
          exemptionId: text("The exemption that keeps it: DELETE /exemptions/{id} ends it."),
        })
        .nullable()
        .describe("Null where nobody took the restoration back."),
      alerts: z.array(alert).describe("How the telling of the configured targets went."),
    })
    .describe("A change of a spoke's network that somebody else than the tool made."),
);

component(
  "NetworkChangeList",
  z.object({ value: z.array(change).describe("Newest first.") }).describe("What others changed of networks."),
);
