import { createHash } from "node:crypto";
import type { RecommendationSource } from "../../domain/recommendation.ts";

/** The same for the same recommendation, whenever it is found, and fit for an address and the name of a blob. */
export function recommendationId(source: RecommendationSource, ...of: readonly string[]): string {
  const text = JSON.stringify(of.map((part) => part.toLowerCase()));
  return `${source}-${createHash("sha256").update(text).digest("hex").slice(0, 20)}`;
}
