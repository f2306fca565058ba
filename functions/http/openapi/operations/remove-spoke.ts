import { spokeExample } from "../examples.ts";
import type { Operation } from "../operation.ts";

export const removeSpoke: Operation = {
  method: "delete",
  path: "/spokes/{name}",
  operationId: "removeSpoke",
  tag: "Spokes",
  summary: "Remove a spoke. With the role Request only its owner may. Refused while something of others lives in it.",
  roles: ["Operate", "Request"],
  responses: {
    202: {
      description: "Accepted: the spoke is being removed.",
      schema: "Spoke",
      example: spokeExample,
      headers: { Location: "Path at which the progress can be read: /api/spokes/{name}." },
    },
  },
  problems: [401, 403, 404, 409, 502],
};
