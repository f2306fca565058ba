import { spokeListExample } from "../examples.ts";
import type { Operation } from "../operation.ts";

export const listSpokes: Operation = {
  method: "get",
  path: "/spokes",
  operationId: "listSpokes",
  tag: "Spokes",
  summary: "All spokes, one line each.",
  roles: ["Read"],
  responses: { 200: { description: "The spokes.", schema: "SpokeList", example: spokeListExample } },
  problems: [401, 403],
};
