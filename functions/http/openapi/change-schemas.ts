import * as z from "zod";
import { component } from "./component.ts";
import { action, failure, moment } from "./schemas.ts";

const severity = z.enum(["critical", "high", "medium", "low", "none"]);
const differences = z.array(
  z.object({
    pointer: z.string().meta({ description: "JSON pointer into the resource in the tool's normal form." }),
    desired: z.unknown(),
    observed: z.unknown(),
  }),
);
const person = z.object({ objectId: z.string(), name: z.string() });

const caller = z.object({
  name: z.string().nullable(),
  objectId: z.string().nullable(),
  applicationId: z.string().nullable(),
  ipAddress: z.string().nullable(),
});

const change = component(
  "NetworkChange",
  z.object({
    id: z.string(),
    spoke: z.string(),
    resourceId: z.string(),
    type: z.string(),
    pointer: z.string().meta({ description: "The rule, route, subnet or property that it is about; empty for all." }),
    detectedAt: moment,
    detectedBy: z.enum(["event", "sweep"]),
    origin: z
      .object({
        eventId: z.string(),
        at: moment,
        operation: z.string(),
        correlationId: z.string().nullable(),
        caller,
      })
      .nullable()
      .meta({ description: "Who did it, by which operation; null until an event tells." }),
    severity,
    meanings: z.array(z.object({ code: z.string(), severity, message: z.string() })),
    summary: z.string(),
    gained: z.array(z.string()).meta({ description: "Flows that pass by it and did not." }),
    lost: z.array(z.string()).meta({ description: "Flows that passed and do not by it." }),
    restoring: z.object({ action, resourceId: z.string(), differences }),
    prior: z.array(z.object({ pointer: z.string(), value: z.unknown() })),
    status: z.enum(["Open", "Restored", "RestoreFailed", "BackedOff", "Exempt", "Undone", "Gone", "Harmless"]),
    restoredAt: moment,
    error: failure.nullable(),
    undo: z.object({ by: person, at: moment, exemptionId: z.string() }).nullable(),
    alerts: z.array(
      z.object({
        target: z.string(),
        status: z.enum(["Pending", "Sent", "Failed", "Skipped"]),
        attempts: z.int(),
        at: moment,
        error: z.string().nullable(),
      }),
    ),
  }),
);

component("NetworkChangeList", z.object({ value: z.array(change) }));
