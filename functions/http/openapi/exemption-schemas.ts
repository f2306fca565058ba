import * as z from "zod";
import { exemptionRequestSchema } from "../../../shared/domain/exemption-request.ts";
import { component } from "./component.ts";
import { moment, momentOrNull, person, text, textOrNull, texts } from "./fields.ts";

const exemption = component(
  "Exemption",
  z
    .object({
      id: text("Id of the exemption."),
      origin: z
        .enum(["exemption", "undo", "recommendation"])
        .describe("Asked for; an undone restoration; an accepted recommendation."),
      status: z.enum(["Active", "Expired"]).describe("Expired: it counts no more."),
      spoke: text("Name of the spoke."),
      control: textOrNull("Id of the control that may fail; null: it is about a resource's state."),
      resourceId: textOrNull("ARM id of the resource that it is about; null: all of the spoke."),
      pointers: texts('Parts of the resource that it is about; "" is all of it.'),
      owner: person("Who answers for it, as whoever asked for it says."),
      askedBy: person("Who asked for it, as they were signed in."),
      reason: text("Why."),
      ticket: textOrNull("Ticket under which it was agreed."),
      createdAt: moment("From when."),
      expiresAt: momentOrNull("Until when; an accepted recommendation has no end."),
    })
    .describe("What somebody decided that a spoke may be otherwise in, until a moment."),
);

component("ExemptionRequest", exemptionRequestSchema.describe("What may be otherwise, why, and until when."));
component(
  "ExemptionList",
  z
    .object({ value: z.array(exemption).describe("Those in force, and those that expired within 30 days.") })
    .describe("What amends spokes."),
);
