import * as z from "zod";
import { durationMilliseconds } from "./duration.ts";
import { guid, lineOfText } from "./field-schemas.ts";
import { parseJsonPointer } from "./json-pointer.ts";
import { isResourceId } from "./resource-id.ts";
import { shapeViolations } from "./shape-violations.ts";
import { isSpokeName, spokeNamePattern } from "./spoke-name.ts";
import type { Parsed, Violation } from "./violation.ts";
import { violationList } from "./violation-list.ts";

const securityGroup = "Microsoft.Network/networkSecurityGroups";

// Names of security rules ("Naming rules and restrictions", Microsoft.Network): 1–80, the last no period or hyphen.
const ruleName = /^[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,78}[A-Za-z0-9_])?$/;

/** Shape of the body of `POST /exemptions`. */
export const exemptionRequestSchema = z.strictObject({
  spoke: z.string().regex(spokeNamePattern, "Must be the name of a spoke.").describe("Name of the spoke."),
  control: z
    .string()
    .regex(/^ZT-[0-9A-Z]+(?:\.[0-9]+)*$/, "Must be the id of a control, like ZT-5.2.")
    .nullable()
    .default(null)
    .meta({ description: "What the exemption is from: a control of the compliance report …" }),
  resourceId: z
    .string()
    .refine((text) => isResourceId(text), "Must be the id of a resource.")
    .nullable()
    .default(null)
    .meta({ description: "… of all of the spoke or of this resource alone; or the state of this resource:" }),
  rule: z
    .string()
    .regex(ruleName, "Must be the name of a security rule.")
    .nullable()
    .default(null)
    .meta({ description: "this security rule of it," }),
  pointers: z.array(z.string().max(1024)).min(1).max(50).nullable().default(null).meta({
    description: 'or what stands at and below these JSON pointers, as differences name them; "" is all of it.',
  }),
  reason: lineOfText(1000).min(1).describe("Why."),
  ticket: lineOfText(200).min(1).nullable().default(null).describe("Ticket under which it was agreed."),
  owner: z
    .strictObject({
      objectId: guid.describe("Object id in Microsoft Entra."),
      name: lineOfText(200).min(1).describe("Name for people."),
    })
    .nullable()
    .default(null)
    .describe("Who answers for it; absent: who asks."),
  expiresAt: z.iso.datetime("Must be a moment in UTC, like 2027-01-31T12:00:00Z.").describe("Until when, in UTC."),
});

/** What somebody wants to be exempt, parsed. */
export type ExemptionRequest = z.infer<typeof exemptionRequestSchema>;

/** What an exemption is judged by beside its own shape. */
export interface ExemptionBounds {
  readonly now: string;
  /** ISO 8601 duration. */
  readonly longest: string;
  /** Ids of the controls that there are. */
  readonly controls: ReadonlySet<string>;
  /** Whether a resource is one of the spoke's; null where there is no such spoke. */
  readonly holds: ((resourceId: string) => boolean) | null;
}

/** Parses the body of a request for an exemption, or answers every violation; never throws on JSON values. */
export function parseExemptionRequest(input: unknown, bounds: ExemptionBounds): Parsed<ExemptionRequest> {
  const shape = exemptionRequestSchema.safeParse(input);
  const parts: Readonly<Record<string, unknown>> =
    typeof input === "object" && input !== null && !Array.isArray(input) ? { ...input } : {};
  const rules = [subjectRules, pointerRules, timeRules, controlRules, spokeRules].flatMap((rule) => [
    ...rule(parts, bounds),
  ]);
  const violations = violationList([...(shape.success ? [] : shapeViolations(shape.error, input)), ...rules]);
  return shape.success && violations.length === 0 ? { ok: true, value: shape.data } : { ok: false, violations };
}

function* spokeRules({ spoke, resourceId }: Parts, { holds }: ExemptionBounds): Generator<Violation> {
  if (!isSpokeName(spoke)) return;
  if (holds === null) {
    yield { pointer: "/spoke", code: "unknown-spoke", message: "There is no spoke of this name." };
  } else if (typeof resourceId === "string" && isResourceId(resourceId) && !holds(resourceId)) {
    yield { pointer: "/resourceId", code: "not-of-the-spoke", message: "This is no resource of the spoke." };
  }
}

type Parts = Readonly<Record<string, unknown>>;

const given = (value: unknown) => value !== undefined && value !== null;

/** One thing: a control, or a part of a resource's state. */
function* subjectRules({ control, resourceId, rule, pointers }: Parts): Generator<Violation> {
  const state = [given(rule) ? "/rule" : null, given(pointers) ? "/pointers" : null].filter((one) => one !== null);
  if (given(control)) {
    for (const pointer of state) {
      yield { pointer, code: "not-with-control", message: "An exemption from a control names no part of a resource." };
    }
    return;
  }
  if (!given(resourceId)) {
    yield { pointer: "/resourceId", code: "missing", message: "Name a control, or the resource that may stay so." };
  }
  if (typeof resourceId === "string" && given(rule) && !isResourceId(resourceId, securityGroup)) {
    yield { pointer: "/rule", code: "no-security-group", message: "Only a network security group has rules." };
  }
  if (state.length === 2) {
    yield { pointer: "/pointers", code: "not-with-rule", message: "Name a rule or pointers, not both." };
  }
}

function* pointerRules({ pointers }: Parts): Generator<Violation> {
  if (!Array.isArray(pointers)) return;
  for (const [index, pointer] of pointers.entries()) {
    if (typeof pointer !== "string" || parseJsonPointer(pointer) !== null) continue;
    yield {
      pointer: `/pointers/${index}`,
      code: "malformed",
      message: "Must be a JSON pointer like /securityRules/Name.",
    };
  }
}

function* timeRules({ expiresAt }: Parts, { now, longest }: ExemptionBounds): Generator<Violation> {
  const until = typeof expiresAt === "string" ? Date.parse(expiresAt) : Number.NaN;
  if (Number.isNaN(until)) return;
  const from = Date.parse(now);
  if (until <= from) yield { pointer: "/expiresAt", code: "in-the-past", message: "Must lie in the future." };
  if (until > from + (durationMilliseconds(longest) ?? 0)) {
    yield { pointer: "/expiresAt", code: "too-late", message: `No exemption lasts longer than ${longest} here.` };
  }
}

function* controlRules({ control }: Parts, { controls }: ExemptionBounds): Generator<Violation> {
  if (typeof control !== "string" || !control.startsWith("ZT-") || controls.has(control)) return;
  yield {
    pointer: "/control",
    code: "unknown-control",
    message: "There is no such control: GET /api/compliance lists them.",
  };
}
