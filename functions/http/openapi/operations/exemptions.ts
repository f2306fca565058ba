import type { Operation } from "../operation.ts";

export const listExemptions: Operation = {
  method: "get",
  path: "/exemptions",
  operationId: "listExemptions",
  tag: "Exemptions",
  summary: "What somebody decided about spokes: exemptions, undone restorations, accepted recommendations.",
  roles: ["Operate"],
  queryParameters: { spoke: { description: "Of this spoke alone." } },
  responses: {
    200: { description: "Those in force, and those that expired within 30 days.", schema: "ExemptionList" },
  },
  problems: [401, 403],
};

export const createExemption: Operation = {
  method: "post",
  path: "/exemptions",
  operationId: "createExemption",
  tag: "Exemptions",
  summary: "Exempt a spoke from a control, or let a part of a resource's state stand, until a moment.",
  roles: ["Operate"],
  requestBody: {
    schema: "ExemptionRequest",
    example: {
      spoke: "orders-prod",
      control: "ZT-P.9",
      reason: "The machines' size does not support encryption yet.",
      ticket: "CHG-1042",
      expiresAt: "2027-01-31T12:00:00Z",
    },
  },
  responses: {
    201: {
      description: "In force from now on.",
      schema: "Exemption",
      headers: { Location: "Path of the exemption: /api/exemptions/{id}." },
    },
  },
  problems: [400, 401, 403, 413],
};

export const deleteExemption: Operation = {
  method: "delete",
  path: "/exemptions/{id}",
  operationId: "deleteExemption",
  tag: "Exemptions",
  summary: "End an exemption, an undo or an accepted recommendation: what it kept is drift from now on.",
  roles: ["Operate"],
  responses: { 204: { description: "It counts no more.", empty: true } },
  problems: [401, 403, 404],
};
