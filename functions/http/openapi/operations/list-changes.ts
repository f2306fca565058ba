import type { Operation } from "../operation.ts";

export const listChanges: Operation = {
  method: "get",
  path: "/changes",
  operationId: "listChanges",
  tag: "Network changes",
  summary: "What others changed of networks, newest first, with its meaning and what was done.",
  roles: ["Read"],
  queryParameters: {
    spoke: { description: "Changes of this spoke alone." },
    limit: {
      description: "At most so many.",
      schema: { type: "integer", minimum: 1, maximum: 1000, default: 100 },
    },
  },
  responses: { 200: { description: "The changes.", schema: "NetworkChangeList" } },
  problems: [400, 401, 403],
};
