import * as z from "zod";
import { lineOfText } from "./field-schemas.ts";
import { shapeViolations } from "./shape-violations.ts";
import type { Parsed } from "./violation.ts";
import { violationList } from "./violation-list.ts";

/** Shape of the body of `POST /spokes/{name}/approval`. */
export const approvalDecisionSchema = z.strictObject({
  decision: z.enum(["approve", "reject"]).describe("What is decided."),
  comment: lineOfText(1000).default("").describe("Why; one line."),
});

/** What somebody with the role Approve says to a run. */
export interface ApprovalDecision {
  readonly decision: "approve" | "reject";
  readonly comment: string;
}

/** Parses a decision, or answers every violation; never throws on JSON values. */
export function parseApprovalDecision(input: unknown): Parsed<ApprovalDecision> {
  const shape = approvalDecisionSchema.safeParse(input);
  if (shape.success) return { ok: true, value: shape.data };
  return { ok: false, violations: violationList(shapeViolations(shape.error, input)) };
}
