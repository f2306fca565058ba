import { spokeExample } from "../examples.ts";
import type { Operation } from "../operation.ts";

export const readSpoke: Operation = {
  method: "get",
  path: "/spokes/{name}",
  operationId: "readSpoke",
  tag: "Spokes",
  summary: "A spoke: its state, its seven steps, its resources and findings.",
  roles: ["Read"],
  responses: {
    200: {
      description: "The spoke.",
      schema: "Spoke",
      example: spokeExample,
      headers: { ETag: "Version of the spoke, for If-Match of a change." },
    },
  },
  problems: [401, 403, 404],
};
