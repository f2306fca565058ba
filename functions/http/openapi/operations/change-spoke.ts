import { spokeExample, spokeRequestExample } from "../examples.ts";
import type { Operation } from "../operation.ts";

export const changeSpoke: Operation = {
  method: "put",
  path: "/spokes/{name}",
  operationId: "changeSpoke",
  tag: "Spokes",
  summary: "Change a spoke or run it again. With the role Request only its owner may.",
  roles: ["Operate", "Request"],
  requestHeaders: { "If-Match": "ETag of the spoke as it was read; 412 where it has changed since." },
  requestBody: { schema: "SpokeRequest", example: spokeRequestExample },
  responses: {
    202: {
      description: "Accepted: the spoke is being brought to what is asked for.",
      schema: "Spoke",
      example: spokeExample,
      headers: { Location: "Path at which the progress can be read: /api/spokes/{name}." },
    },
  },
  problems: [400, 401, 403, 404, 409, 412, 413, 502],
};
