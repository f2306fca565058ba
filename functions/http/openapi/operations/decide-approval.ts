import { spokeExample } from "../examples.ts";
import type { Operation } from "../operation.ts";

export const decideApproval: Operation = {
  method: "post",
  path: "/spokes/{name}/approval",
  operationId: "decideApproval",
  tag: "Spokes",
  summary: "Approve or reject the run that awaits approval. Not by who asked for it.",
  roles: ["Approve"],
  requestHeaders: { "If-Match": "ETag of the spoke as it was read; 412 where it has changed since." },
  requestBody: { schema: "ApprovalDecision", example: { decision: "approve", comment: "As agreed in the review." } },
  responses: {
    202: {
      description:
        "The decision is kept and the run goes on with it. The same again by the same person: the same answer.",
      schema: "Spoke",
      example: spokeExample,
      headers: { Location: "Path at which the progress can be read: /api/spokes/{name}." },
    },
  },
  problems: [400, 401, 403, 404, 409, 412, 413],
};
