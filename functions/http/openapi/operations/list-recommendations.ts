import { recommendationSources, recommendationStatuses } from "../../../../shared/domain/recommendation.ts";
import type { Operation } from "../operation.ts";

export const listRecommendations: Operation = {
  method: "get",
  path: "/recommendations",
  operationId: "listRecommendations",
  tag: "Recommendations",
  summary: "What would make networks harder, what brings the most first, with evidence, replay and difference.",
  roles: ["Read"],
  queryParameters: {
    spoke: { description: "Of this spoke alone." },
    source: { description: "Of this source alone.", schema: { type: "string", enum: recommendationSources } },
    status: { description: "With this status alone.", schema: { type: "string", enum: recommendationStatuses } },
    tactic: { description: "Against this MITRE ATT&CK tactic." },
    resourceGroup: { description: "About resources of this resource group." },
  },
  responses: { 200: { description: "The recommendations.", schema: "RecommendationList" } },
  problems: [400, 401, 403],
};
