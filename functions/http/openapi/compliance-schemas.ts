import * as z from "zod";
import { exemptionRequestSchema } from "../../../shared/domain/exemption-request.ts";
import { component } from "./component.ts";

const moment = z.iso.datetime();
const person = z.object({ objectId: z.string(), name: z.string() });
const score = z.number().min(0).max(100).nullable().meta({
  description:
    "Share of the weight that passes; what nobody can see counts as half of a failure. Null: nothing counted.",
});

const exemption = component(
  "Exemption",
  z.object({
    id: z.string(),
    origin: z.enum(["exemption", "undo", "recommendation"]),
    status: z.enum(["Active", "Expired"]),
    spoke: z.string(),
    control: z.string().nullable(),
    resourceId: z.string().nullable(),
    pointers: z.array(z.string()).meta({ description: 'Parts of the resource that it is about; "" is all of it.' }),
    owner: person.meta({ description: "Who answers for it, as whoever asked for it says." }),
    askedBy: person.meta({ description: "Who asked for it, as they were signed in." }),
    reason: z.string(),
    ticket: z.string().nullable(),
    createdAt: moment,
    expiresAt: moment.nullable(),
  }),
);

const control = z.object({
  id: z.string(),
  title: z.string(),
  step: z.int().min(1).max(7).nullable(),
  principles: z.array(z.string()),
  section: z.string().meta({ description: "Of the guidance." }),
  severity: z.enum(["critical", "high", "medium", "low"]),
  status: z.enum(["pass", "fail", "exempt", "notApplicable", "unknown"]),
  evidence: z.array(
    z.object({
      resourceId: z.string().nullable(),
      seen: z.string(),
      differences: z.array(z.object({ pointer: z.string(), desired: z.unknown(), observed: z.unknown() })).optional(),
    }),
  ),
  remedy: z.string(),
  exemption: z
    .object({
      id: z.string(),
      owner: z.string(),
      reason: z.string(),
      ticket: z.string().nullable(),
      expiresAt: moment.nullable(),
    })
    .optional(),
});

const sweep = component(
  "ComplianceSweep",
  z.object({
    id: z.string(),
    status: z.enum(["Running", "Succeeded", "Failed"]),
    startedAt: moment,
    finishedAt: moment.nullable(),
    spokes: z.int(),
    assessed: z.int().meta({ description: "Spokes of which something had changed since the sweep before." }),
    resources: z.int(),
    calls: z.int().meta({ description: "Calls to Azure that reading took." }),
    repaired: z.int().meta({ description: "Spokes that were run again." }),
    error: z.string().nullable(),
  }),
);

component("ExemptionRequest", exemptionRequestSchema);
component("ExemptionList", z.object({ value: z.array(exemption) }));
component(
  "Compliance",
  z.object({
    value: z.array(
      z.object({
        spoke: z.string(),
        subscriptionId: z.string(),
        status: z.enum(["Compliant", "NonCompliant", "NotAssessed", "Skipped"]),
        reason: z.string().nullable(),
        score,
        controls: z.array(control),
        checkedAt: moment,
        sweepId: z.string(),
      }),
    ),
    score,
    sweep: sweep.nullable(),
    history: z.array(z.object({ at: moment, score, spokes: z.int(), failed: z.int() })),
  }),
);
