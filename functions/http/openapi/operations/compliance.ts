import type { Operation } from "../operation.ts";

export const readCompliance: Operation = {
  method: "get",
  path: "/compliance",
  operationId: "readCompliance",
  tag: "Compliance",
  summary: "What the latest sweep says of every spoke, control by control of the guidance; as a page with format=html.",
  roles: ["Read"],
  queryParameters: {
    spoke: { description: "Of this spoke alone." },
    control: { description: "This control alone, like ZT-5.6." },
    status: {
      description: "Controls with this status alone.",
      schema: { type: "string", enum: ["pass", "fail", "exempt", "notApplicable", "unknown"] },
    },
    format: {
      description: "Who asks for text/html by Accept gets the page too.",
      schema: { type: "string", enum: ["json", "html"] },
    },
  },
  responses: {
    200: {
      description: "Verdicts, score, the latest sweep, and the score's history.",
      schema: "Compliance",
      mediaType: "text/html",
    },
  },
  problems: [400, 401, 403, 404],
};

export const startSweep: Operation = {
  method: "post",
  path: "/compliance/sweep",
  operationId: "startSweep",
  tag: "Compliance",
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
