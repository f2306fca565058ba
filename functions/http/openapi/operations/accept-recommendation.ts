import type { Operation } from "../operation.ts";

export const acceptRecommendation: Operation = {
  method: "post",
  path: "/recommendations/{id}/accept",
  operationId: "acceptRecommendation",
  tag: "Recommendations",
  summary: "Carry a recommendation out. The body may be left out.",
  roles: ["Operate"],
  requestBody: {
    schema: "RecommendationAcceptance",
    optional: true,
    example: { reason: "Agreed in the review.", ticket: "NET-42" },
  },
  responses: {
    200: { description: "It is carried out, or was by the same person before.", schema: "Recommendation" },
    202: {
      description: "An amendment of the spoke stands, and the spoke is run again.",
      schema: "Recommendation",
      headers: { Location: "Path at which the progress can be read: /api/spokes/{name}." },
    },
  },
  problems: [400, 401, 403, 404, 409, 413, 502],
};
