import type { Operation } from "../operation.ts";

export const listChanges: Operation = {
  method: "get",
  path: "/changes",
  operationId: "listChanges",
  summary: "What others changed of networks, newest first, with its meaning and what was done.",
  roles: ["Read"],
  queryParameters: { spoke: "Changes of this spoke alone.", limit: "At most so many: 1 to 1000, 100 by default." },
  responses: { 200: { description: "The changes.", schema: "NetworkChangeList" } },
  problems: [400, 401, 403],
};
