import * as z from "zod";
import { approvalDecisionSchema } from "../../../shared/domain/approval-decision.ts";
import { spokeRequestSchema } from "../../../shared/domain/spoke-request-schema.ts";
import { component } from "./component.ts";

const stepNumber = z.int().min(1).max(7);
export const moment = z.iso.datetime().nullable();

export const finding = component(
  "Finding",
  z.object({
    code: z.string(),
    severity: z.enum(["critical", "high", "medium", "low", "information"]),
    message: z.string(),
    resourceId: z.string().nullable(),
    remedy: z.string(),
    step: stepNumber.optional(),
  }),
);

export const failure = component(
  "Failure",
  z.object({ code: z.string(), message: z.string(), resourceId: z.string().nullable(), remedy: z.string() }),
);

export const action = z.enum(["create", "update", "delete", "none"]);

const spokeResource = component(
  "SpokeResource",
  z.object({
    id: z.string(),
    type: z.string(),
    steps: z.array(stepNumber),
    action,
    reasons: z.array(z.string()).meta({ description: "Why it is written." }),
    status: z.enum(["Pending", "Running", "Succeeded", "Failed"]),
    startedAt: moment,
    finishedAt: moment,
    error: failure.nullable(),
  }),
);

const step = component(
  "Step",
  z.object({
    number: stepNumber,
    name: z.string(),
    status: z.enum(["Pending", "Running", "Succeeded", "Failed", "NotApplicable"]),
    startedAt: moment,
    finishedAt: moment,
    resources: z.array(spokeResource),
    findings: z.array(finding),
  }),
);

const status = component(
  "SpokeStatus",
  z.enum(["Accepted", "AwaitingApproval", "Rejected", "Running", "Succeeded", "Failed", "Removing", "Removed"]),
);

const spokeRequest = component("SpokeRequest", spokeRequestSchema);

component("ApprovalDecision", approvalDecisionSchema);

const person = z.object({ objectId: z.string(), name: z.string() });

const approval = component(
  "Approval",
  z.object({
    revision: z.int().meta({ description: "The run that asks." }),
    status: z.enum(["Pending", "Approved", "Rejected", "Expired"]),
    requestedBy: person,
    requestedAt: z.iso.datetime(),
    expiresAt: moment,
    request: spokeRequest,
    addressPrefix: z.string(),
    decidedBy: person.nullable(),
    decidedAt: moment,
    comment: z.string(),
  }),
);

const change = component(
  "Change",
  z.object({
    id: z.string(),
    type: z.string(),
    steps: z.array(stepNumber),
    action,
    differences: z.array(z.object({ pointer: z.string(), desired: z.unknown(), observed: z.unknown() })),
    reasons: z.array(z.string()),
  }),
);

const criticalPath = z.object({
  seconds: z.number(),
  resources: z.array(z.object({ id: z.string(), seconds: z.number() })),
});

component(
  "Spoke",
  z.object({
    name: z.string(),
    request: spokeRequest,
    requester: person,
    status,
    revision: z.int().meta({ description: "Counts the runs." }),
    addressPrefix: z.string(),
    createdAt: z.iso.datetime(),
    startedAt: moment,
    finishedAt: moment,
    steps: z.array(step).meta({ minItems: 7, maxItems: 7, description: "The seven steps of the guidance, in order." }),
    resources: z.array(spokeResource),
    findings: z.array(finding),
    criticalPath: criticalPath.nullable().meta({ description: "Of the run that is shown." }),
    error: failure.nullable(),
    correlationId: z.guid().nullable().meta({
      description: "Of the latest run: the same id stands in the tool's log and in Azure's activity log.",
    }),
    approval: approval.nullable().meta({ description: "Of the latest run that needed one." }),
    changes: z
      .array(change)
      .optional()
      .meta({ description: "While the run awaits approval: what it would change. It is planned anew when approved." }),
  }),
);

component(
  "SpokeList",
  z.object({
    value: z.array(
      z.object({
        name: z.string(),
        status,
        subscriptionId: z.string(),
        location: z.string(),
        addressPrefix: z.string(),
      }),
    ),
  }),
);

component(
  "SpokePlan",
  z.object({
    changes: z.array(change),
    rules: z.array(z.object({})).meta({ description: "Security rules of the spoke's network security groups." }),
    proof: z.object({
      status: z.literal("Proven"),
      statement: z.string(),
      networkSecurityGroups: z.array(z.object({ id: z.string(), inbound: z.string(), outbound: z.string() })).meta({
        description: "Hashes of what each NSG means: equal hashes, equal meaning.",
      }),
      assumptions: z.array(z.string()),
    }),
    findings: z.array(finding),
    criticalPath,
  }),
);

const direction = z.enum(["Inbound", "Outbound"]);

component(
  "Connectivity",
  z.object({
    name: z.string(),
    observedAt: z.iso.datetime(),
    status: z.enum(["Proven", "Refuted", "Unknown", "NotBuilt"]).meta({
      description:
        "Proven: every packet that the request means passes and no other does. Refuted: counterexamples or critical findings say why not. Unknown: an NSG could not be read. NotBuilt: no network stands.",
    }),
    flows: z.array(
      z.object({
        from: z.string(),
        to: z.string(),
        protocol: z.enum(["Tcp", "Udp", "*"]),
        ports: z.string(),
        reason: z.string(),
        required: z.boolean().meta({ description: "False where it may pass and need not." }),
        passes: z.boolean().nullable().meta({ description: "End to end, all of its packets; null where not known." }),
        deciding: z.array(
          z.object({
            subnet: z.string().meta({ description: "Tier name, or gateway." }),
            networkSecurityGroup: z.string().nullable(),
            direction,
            rule: z.string().nullable(),
          }),
        ),
      }),
    ),
    counterexamples: z
      .array(
        z.object({
          words: z.string(),
          subnet: z.string(),
          from: z.string(),
          to: z.string(),
          packet: z.object({
            direction,
            protocol: z.union([z.string(), z.int()]),
            sourceAddress: z.string(),
            sourcePort: z.int(),
            destinationAddress: z.string(),
            destinationPort: z.int(),
          }),
          passes: z.boolean(),
          rule: z.string(),
          networkSecurityGroup: z.string().nullable(),
        }),
      )
      .meta({ description: "Packets that are treated otherwise than is meant; at most twenty." }),
    findings: z.array(finding),
    assumptions: z.array(z.string()),
  }),
);

component(
  "Problem",
  z
    .object({
      type: z.string(),
      title: z.string(),
      status: z.int().min(400).max(599),
      detail: z.string().optional(),
      errors: z
        .array(
          z.object({
            pointer: z.string().meta({ description: "JSON pointer (RFC 6901) into the body." }),
            code: z.string(),
            message: z.string(),
          }),
        )
        .optional(),
    })
    .meta({ description: "RFC 9457 problem details; errors lists every violation." }),
);
