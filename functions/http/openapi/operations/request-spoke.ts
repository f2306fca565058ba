import { spokeExample, spokeRequestExample } from "../examples.ts";
import type { Operation } from "../operation.ts";

export const requestSpoke: Operation = {
  method: "post",
  path: "/spokes",
  operationId: "requestSpoke",
  tag: "Spokes",
  summary: "Ask for a spoke. The same request again answers its state; another request under its name is a conflict.",
  roles: ["Request"],
  requestBody: { schema: "SpokeRequest", example: spokeRequestExample },
  responses: {
    200: { description: "The spoke stands already as asked for.", schema: "Spoke", example: spokeExample },
    202: {
      description: "Accepted: the spoke is being made.",
      schema: "Spoke",
      example: spokeExample,
      headers: { Location: "Path at which the progress can be read: /api/spokes/{name}." },
    },
  },
  problems: [400, 401, 403, 409, 413, 502],
};
