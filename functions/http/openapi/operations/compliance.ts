import type { Operation } from "../operation.ts";

export const readCompliance: Operation = {
  method: "get",
  path: "/compliance",
  operationId: "getCompliance",
  summary: "What the latest sweep says of every spoke, control by control of the guidance; as a page with format=html.",
  roles: ["Read"],
  queryParameters: {
    spoke: "Of this spoke alone.",
    control: "This control alone, like ZT-5.6.",
    status: "Controls with this status alone: pass, fail, exempt, notApplicable, unknown.",
    format: "json (the usual) or html; who asks for text/html by Accept gets the page too.",
  },
  responses: {
    200: { description: "Verdicts, score, the latest sweep, and the score's history.", schema: "Compliance" },
  },
  problems: [400, 401, 403, 404],
};

export const startSweep: Operation = {
  method: "post",
  path: "/compliance/sweep",
  operationId: "startSweep",
  summary: "Set a sweep over all spokes going; while one is under way, that one is answered.",
  roles: ["Operate"],
  responses: {
    202: {
      description: "The sweep that is under way.",
      schema: "ComplianceSweep",
      headers: { Location: "Where its result will be: /api/compliance." },
    },
  },
  problems: [401, 403],
};
