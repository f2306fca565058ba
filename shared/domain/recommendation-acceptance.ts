import * as z from "zod";
import { lineOfText } from "./field-schemas.ts";
import { shapeViolations } from "./shape-violations.ts";
import type { Parsed } from "./violation.ts";
import { violationList } from "./violation-list.ts";

/** Shape of the body of `POST /recommendations/{id}/accept`, which may be left out. */
export const recommendationAcceptanceSchema = z.strictObject({
  reason: lineOfText(1000).default("").describe("Why; one line."),
  ticket: lineOfText(200).min(1).nullable().default(null).describe("Ticket under which it was agreed."),
});

/** Why somebody accepts a recommendation. */
export type RecommendationAcceptance = z.infer<typeof recommendationAcceptanceSchema>;

/** Parses an acceptance, or answers every violation; never throws on JSON values. */
export function parseRecommendationAcceptance(input: unknown): Parsed<RecommendationAcceptance> {
  const shape = recommendationAcceptanceSchema.safeParse(input);
  if (shape.success) return { ok: true, value: shape.data };
  return { ok: false, violations: violationList(shapeViolations(shape.error, input)) };
}
