import type { Operation } from "../operation.ts";

export const listRecommendations: Operation = {
  method: "get",
  path: "/recommendations",
  operationId: "listRecommendations",
  summary: "What would make networks harder, what brings the most first, with evidence, replay and difference.",
  roles: ["Read"],
  queryParameters: {
    spoke: "Of this spoke alone.",
    source: "flow-logs, defender-assessment, adaptive-network-hardening or just-in-time.",
    status: "Open, Accepted, Applied or Gone.",
    tactic: "Against this MITRE ATT&CK tactic.",
    resourceGroup: "About resources of this resource group.",
  },
  responses: { 200: { description: "The recommendations.", schema: "RecommendationList" } },
  problems: [400, 401, 403],
};
