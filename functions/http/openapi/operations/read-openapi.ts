import type { Operation } from "../operation.ts";

export const readOpenapi: Operation = {
  method: "get",
  path: "/openapi.json",
  operationId: "readOpenapi",
  tag: "This document",
  summary: "This document.",
  roles: ["Read", "Request", "Approve", "Operate"],
  responses: { 200: { description: "OpenAPI 3.1." } },
  problems: [401, 403],
};
