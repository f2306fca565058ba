import type { Operation } from "../operation.ts";

export const undoChange: Operation = {
  method: "post",
  path: "/changes/{id}/undo",
  operationId: "undoChange",
  tag: "Network changes",
  summary: "Take a restoration back: what had been changed is written again and exempt for a day.",
  roles: ["Operate"],
  responses: {
    202: {
      description: "The exemption stands, and the change is written again. The same again: the same answer.",
      schema: "NetworkChange",
      headers: { Location: "Path of the exemption: /api/exemptions/{id}." },
    },
  },
  problems: [401, 403, 404, 409],
};
